import { checkHello, PROTOCOL } from "conclave/api/hello"
import { test } from "tap"

test("a greeting names the protocol; what else it says is checked, what is unknown ignored", (t) => {
  const ours = [{}, { app: null, process: null }, { app: "x".repeat(256), process: { pid: 1, startTime: 2, more: 3 } }]
  for (const hello of ours) t.match(checkHello({ protocol: PROTOCOL, later: 1, ...hello }), { kind: "ours" })
  const greeting = { app: "x", process: { pid: 1, startTime: 2 } }
  t.same(checkHello({ protocol: PROTOCOL, ...greeting }), { kind: "ours", greeting })
  t.same(checkHello({ protocol: PROTOCOL }), { kind: "ours", greeting: { app: "", process: undefined } })
  for (const protocol of [0, 2, "1", null]) {
    const details = { supported: [1] }
    t.match(checkHello({ protocol }), { kind: "foreign", problem: { code: "UNIMPLEMENTED", details } })
  }
  const wrong: [unknown, string][] = [
    [undefined, "protocol"],
    [7, "protocol"],
    [{}, "protocol"],
    [{ protocol: 1, app: "x".repeat(257) }, "app"],
    [{ protocol: 1, app: 7 }, "app"],
    [{ protocol: 1, app: "half \ud83d" }, "app"],
    [{ protocol: 1, process: { pid: 0, startTime: 2 } }, "process"],
    [{ protocol: 1, process: { pid: 2 ** 32, startTime: 2 } }, "process"],
    [{ protocol: 1, process: { pid: 1.5, startTime: 2 } }, "process"],
    [{ protocol: 1, process: 7 }, "process"],
  ]
  for (const [input, field] of wrong) {
    t.match(checkHello(input), { kind: "wrong", problem: { code: "INVALID_ARGUMENT", details: { field } } })
  }
  t.end()
})
