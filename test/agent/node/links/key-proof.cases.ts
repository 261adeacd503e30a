import { randomBytes } from "node:crypto"
import type { ProvenSession } from "conclave/node/links/join-proof"
import { claimedBy, isKeyShown, KEY_PROOF_BYTES, showKey } from "conclave/node/links/key-proof"
import { test } from "tap"
import { A, B } from "../link-stage.ts"
import { newKey } from "../sealed-stage.ts"

test("a key is shown for one session and one pair, by who has it", (t) => {
  const key = newKey()
  const session: ProvenSession = { exported: randomBytes(32), dialler: key.id, acceptor: B }
  const shown = showKey(key, session)
  t.equal(shown.length, KEY_PROOF_BYTES)
  t.equal(claimedBy(shown), key.id)
  t.ok(isKeyShown(shown, session))
  t.notOk(isKeyShown(shown, { ...session, exported: randomBytes(32) }))
  t.notOk(isKeyShown(shown, { ...session, dialler: A }))
  t.notOk(isKeyShown(shown, { ...session, acceptor: A }))
  for (let at = 0; at < shown.length; at++) {
    const damaged = Uint8Array.from(shown)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    t.notOk(isKeyShown(damaged, session))
  }
  t.end()
})

test("bytes that are no key show nothing, and do not throw", (t) => {
  const session: ProvenSession = { exported: randomBytes(32), dialler: A, acceptor: B }
  for (const shown of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(KEY_PROOF_BYTES).fill(255)]) {
    t.notOk(isKeyShown(shown, session))
  }
  t.end()
})
