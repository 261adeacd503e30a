import { type Command, decodeCommand, encodeCommand } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { EVERY_COMMAND } from "./every-command.ts"
import { anyCommand } from "./history.ts"
import { acquireOf, sessionId } from "./stage.ts"

test("every command survives its way through bytes", (t) => {
  for (const command of EVERY_COMMAND)
    t.same(decodeCommand(encodeCommand(command)), { ok: true, command }, command.kind)
  fc.assert(
    fc.property(anyCommand, (command) => {
      const decoded = decodeCommand(encodeCommand(command))
      t.same(decoded, { ok: true, command })
    }),
  )
  t.end()
})

test("a decoded command holds on to none of the bytes", (t) => {
  const [open] = EVERY_COMMAND.filter(({ kind }) => kind === "open")
  const bytes = encodeCommand(open as Command)
  const decoded = decodeCommand(bytes)
  bytes.fill(0)
  t.same(decoded, { ok: true, command: open })
  t.end()
})

test("what a newer program wrote is unknown, and what none did is malformed", (t) => {
  const problem = (...bytes: readonly number[]): unknown => {
    const decoded = decodeCommand(Uint8Array.from(bytes))
    return decoded.ok ? decoded.command : decoded.problem
  }
  t.equal(problem(0xa2, 0x06, 0x00), "unknown", "a command of another number")
  t.equal(problem(0x0a, 0x02, 0x10, 0x01), "unknown", "a field that a tick does not have")
  const release = encodeCommand(EVERY_COMMAND[10] as Command)
  t.equal(problem(...release.subarray(0, 1), (release[1] ?? 0) + 2, ...release.subarray(2), 0x78, 0x01), "unknown")
  t.equal(problem(), "malformed", "nothing at all")
  t.equal(problem(0x2a, 0x00), "malformed", "a detach of no session")
  t.equal(problem(0x4a, 0x00), "malformed", "a cancel of no request")
  t.equal(problem(0x0a, 0x05), "malformed", "cut off")
  const acquire = encodeCommand(acquireOf(sessionId(1), 1))
  const at = 4 + (acquire[3] as number)
  t.equal(acquire[at + 1], 1, "the kind of the hold")
  acquire[at + 1] = 9
  t.equal(problem(...acquire), "unknown", "a kind of hold that came later")
  t.end()
})
