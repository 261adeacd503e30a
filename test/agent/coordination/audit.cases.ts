import { audit, type Deed } from "conclave/coordination/audit"
import { test } from "tap"

test("who revoked what, and why, is in the log and in the journal of the agent where it was done", (t) => {
  const deed: Deed = { kind: "lock", name: "a", by: "ops", reason: "stuck", graceMs: 500, tokens: ["7", "8"] }
  const lines: unknown[][] = []
  const notes: object[] = []
  const log = { write: (...line: unknown[]) => void lines.push(line) }
  const tell = (note: object): void => void notes.push(note)
  audit(deed, { log, tell })
  audit({ ...deed, kind: "session", tokens: undefined }, { log, tell })
  audit({ ...deed, tokens: ["9"] }, { log, tell: () => {} })
  t.match(lines, [
    ["warn", "lock.revoke", /lock a .* 2 holders by ops, with 500 ms to finish: stuck/, { ...deed }],
    ["warn", "session.revoke", /not known by ops/, { tokens: null }],
    ["warn", "lock.revoke", /from 1 holder by ops/, { tokens: ["9"] }],
  ])
  t.same(notes, [
    { kind: "lock.revoke", name: "a", revoked: { by: "ops", reason: "stuck" }, tokens: ["7", "8"] },
    { kind: "session.revoke", name: "a", revoked: { by: "ops", reason: "stuck" } },
  ])
  t.end()
})
