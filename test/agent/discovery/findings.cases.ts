import type { Addr, Millis } from "@conclave/base"
import { Findings } from "conclave/discovery/findings"
import { test } from "tap"
import { ScriptedSource } from "./scripted-source.ts"

const OWN = "10.0.0.1:7951" as Addr
const [A, B, C, D] = ["10.0.0.2:1", "10.0.0.3:1", "10.0.0.4:1", "10.0.0.5:1"] as [Addr, Addr, Addr, Addr]
const TROUBLE = { problem: "no such host", hint: "look" }

function stage(): { findings: Findings; logged: string[] } {
  const logged: string[] = []
  const log = {
    write: (level: string, event: string, message: string) => void logged.push(`${level} ${event} ${message}`),
  }
  return { findings: new Findings(new ScriptedSource(), { log, own: OWN }), logged }
}

function at(ms: number): Millis {
  return ms as Millis
}

const whyNot = (addr: Addr): string => (addr === A ? "nothing listens there" : "no answer yet")

test("the own address and repetitions are left out, and only what is new is news", (t) => {
  const { findings, logged } = stage()
  t.notOk(findings.hasAnswered)
  t.notOk(findings.found([OWN], at(0)))
  t.ok(findings.hasAnswered)
  t.ok(findings.found([A, OWN, B, A], at(0)))
  t.notOk(findings.found([B, A], at(0)))
  t.ok(findings.found([B, C], at(0)))
  t.same(findings.addrs, [B, C], "what is not given any more is forgotten")
  t.same(logged, [`info discovery.found the source gives ${A}, ${B}`, `info discovery.found the source gives ${C}`])
  t.ok(
    findings.found(
      Array.from({ length: 1000 }, (_, port) => `10.0.0.9:${port + 1}` as Addr),
      at(0),
    ),
  )
  t.equal(findings.addrs.length, 256)
  t.end()
})

test("a source that has something new all the time is logged sixteen times a minute", (t) => {
  const { findings, logged } = stage()
  for (let port = 1; port <= 1000; port++) t.ok(findings.found([`10.0.0.9:${port}` as Addr], at(port)))
  t.equal(logged.length, 16)
  t.match(logged.at(-1), /gives 10\.0\.0\.9:16; of what comes within this minute no more is logged$/)
  findings.found([A], at(60_001))
  t.match(logged.at(-1), /gives 10\.0\.0\.2:1$/)
  t.end()
})

test("trouble is a warning until the source finds something, and is logged once a minute", (t) => {
  const { findings, logged } = stage()
  findings.failed(TROUBLE, at(0))
  const first = { code: "discovery-dns", message: "the source gives nobody: no such host", hint: "look" }
  t.same(findings.warning(at(0), false, whyNot), first)
  findings.failed(TROUBLE, at(59_999))
  t.equal(logged.length, 1)
  findings.failed(TROUBLE, at(60_000))
  t.equal(logged.length, 2)
  findings.found([A], at(70_000))
  t.equal(findings.warning(at(70_000), false, whyNot), undefined)
  findings.failed(TROUBLE, at(80_000))
  t.same(findings.addrs, [A], "a resolver that fails makes no address worse")
  t.match(findings.warning(at(82_000), true, whyNot)?.message, /no such host; 12 s ago it gave 10\.0\.0\.2:1$/)
  t.end()
})

test("why an address does not help is logged, once a minute", (t) => {
  const { findings, logged } = stage()
  findings.refused(A, "nothing listens there", at(0))
  findings.refused(B, "no answer in time", at(59_999))
  findings.refused(B, "no answer in time", at(60_000))
  const told = "and this agent cannot join there:"
  t.same(logged, [
    `warn discovery.refused the source gives ${A}, ${told} nothing listens there`,
    `warn discovery.refused the source gives ${B}, ${told} no answer in time`,
  ])
  t.end()
})

test("who is alone reads what was found and why it did not help; with company nothing is to be said", (t) => {
  const { findings } = stage()
  t.equal(findings.warning(at(0), true, whyNot), undefined, "it has said nothing yet")
  findings.found([OWN], at(0))
  t.equal(findings.warning(at(5000), true, whyNot)?.message, "the source gave no other host 5 s ago")
  findings.found([A, B, C, D], at(5000))
  t.equal(
    findings.warning(at(8000), true, whyNot)?.message,
    "of what the source gave 3 s ago nobody lets this agent join: " +
      `${A} (nothing listens there), ${B} (no answer yet), ${C} (no answer yet) and 1 more`,
  )
  t.equal(findings.warning(at(8000), false, whyNot), undefined)
  t.end()
})
