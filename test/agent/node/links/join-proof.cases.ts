import { randomBytes } from "node:crypto"
import { JOIN_PROOF_BYTES, JoinProof, type ProvenSession } from "conclave/node/links/join-proof"
import { Secret } from "conclave/secret"
import { test } from "tap"
import { A, B } from "../link-stage.ts"

const SESSION: ProvenSession = { exported: randomBytes(32), dialler: A, acceptor: B }
const OLD = new Secret(Buffer.from("the secret of the year before"))
const NEW = new Secret(Buffer.from("the secret of this year"))

test("a proof holds for one session, one pair, one direction, one secret and one cluster", async (t) => {
  const own = await JoinProof.of([NEW], "blue")
  const proof = own.show(SESSION, "dialler")
  t.equal(proof.length, JOIN_PROOF_BYTES)
  t.ok(own.find(proof, SESSION, "dialler"))
  t.equal(own.find(proof, SESSION, "acceptor"), undefined, "what was heard cannot be said back")
  t.equal(own.find(proof, { ...SESSION, exported: randomBytes(32) }, "dialler"), undefined)
  t.equal(own.find(proof, { ...SESSION, dialler: B }, "dialler"), undefined)
  t.equal(own.find(proof, { ...SESSION, acceptor: A }, "dialler"), undefined)
  t.equal(own.find(proof.subarray(1), SESSION, "dialler"), undefined)
  t.equal((await JoinProof.of([OLD], "blue")).find(proof, SESSION, "dialler"), undefined)
  t.equal((await JoinProof.of([NEW], "green")).find(proof, SESSION, "dialler"), undefined)
})

test("one secret takes the place of another without a moment in which two agents do not agree", async (t) => {
  const before = await JoinProof.of([OLD], "blue")
  const both = await JoinProof.of([OLD, NEW], "blue")
  const turned = await JoinProof.of([NEW, OLD], "blue")
  const after = await JoinProof.of([NEW], "blue")
  for (const [dialler, acceptor] of [before, both, turned, after].flatMap((each, index, all) => {
    const next = all[index + 1] ?? each
    return [
      [each, next],
      [next, each],
    ] as const
  })) {
    const key = acceptor.find(dialler.show(SESSION, "dialler"), SESSION, "dialler")
    t.ok(key)
    t.ok(dialler.find(acceptor.show(SESSION, "acceptor", key), SESSION, "acceptor"))
  }
})
