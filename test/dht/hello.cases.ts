import { Hello, type HelloOptions, type HelloStep } from "@conclave/dht/hello"
import { test } from "tap"
import { memberId } from "../agent/node/member-id.ts"

const [SECRET, NEWER] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const NOTHING = new Uint8Array(0)

function hello(name: string, options: Partial<HelloOptions> = {}): Hello {
  const self = { id: memberId(name), addr: `${name}.addr` }
  return new Hello({ isInitiator: name === "a", session: Uint8Array.of(1), secrets: [SECRET], self, ...options })
}

function sayOf(step: HelloStep): Uint8Array {
  return step.kind === "stranger" ? NOTHING : (step.say ?? NOTHING)
}

/** What becomes of both, and all that either has said. */
function talk(a: Hello, b: Hello): { readonly ends: readonly string[]; readonly said: string } {
  const first = a.first() ?? NOTHING
  const answer = b.take(first)
  const met = answer.kind === "stranger" ? undefined : a.take(sayOf(answer))
  const last = met === undefined || met.kind === "stranger" ? answer : b.take(sayOf(met))
  const said = Buffer.concat([first, sayOf(answer), ...(met === undefined ? [] : [sayOf(met)])]).toString("latin1")
  const end = (step: HelloStep | undefined): string =>
    step?.kind === "met" ? (step.other.id[0] ?? "") : (step?.kind ?? "nothing")
  return { ends: [end(met), end(last)], said }
}

test("two that have a secret in common tell each other who they are", (t) => {
  t.equal(hello("b").first(), undefined, "one of them begins")
  t.same(talk(hello("a"), hello("b")).ends, ["b", "a"])
  t.same(talk(hello("a", { secrets: [NEWER, SECRET] }), hello("b")).ends, ["b", "a"])
  t.same(talk(hello("a"), hello("b", { secrets: [NEWER, SECRET] })).ends, ["b", "a"])
  t.end()
})

test("a stranger is told nothing, whoever begins", (t) => {
  const { ends, said } = talk(hello("a"), hello("b", { secrets: [NEWER] }))
  t.same(ends, ["nothing", "stranger"])
  t.notMatch(said, /addr/)
  const begun = hello("a")
  t.same(begun.take(hello("b", { secrets: [NEWER] }).first() ?? Buffer.alloc(64)), { kind: "stranger" })
  for (const noise of [NOTHING, Buffer.alloc(31), Buffer.alloc(32), Buffer.alloc(4096, 7)]) {
    t.same(hello("b").take(noise), { kind: "stranger" })
    t.same(hello("a").take(noise), { kind: "stranger" })
  }
  t.end()
})

test("what was shown in one session, or by the other end, proves nothing", (t) => {
  const first = hello("a").first() ?? NOTHING
  t.equal(hello("b").take(first).kind, "go on")
  t.equal(hello("b", { session: Uint8Array.of(2) }).take(first).kind, "stranger")
  t.equal(hello("a").take(first).kind, "stranger", "an echo")
  t.end()
})

test("who says nothing that can be read of itself is a stranger", (t) => {
  const long = JSON.stringify({ id: memberId("a"), addr: "1".repeat(65) })
  for (const said of ["", "{", "[]", "null", '{"id":1,"addr":"x"}', '{"id":"x"}', '{"id":"x","addr":"x"}', long]) {
    const b = hello("b")
    b.take(hello("a").first() ?? NOTHING)
    t.same(b.take(Buffer.from(said)), { kind: "stranger" }, said)
  }
  t.end()
})
