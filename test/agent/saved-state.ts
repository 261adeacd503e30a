import { createHash } from "node:crypto"
import type { NodeId } from "@conclave/base"
import { type Command, encodeCommand, Machine, NO_TERMS, type SessionId } from "@conclave/consensus"
import type { SnapshotJson } from "conclave/api/snapshot-schema"
import { BackupReader, BackupWriter, headerLine } from "conclave/group/backup-file"
import { memberId } from "./fake-view.ts"

const SAVED = "2026-03-01T12:00:00.000Z"

/** Sessions, each of which has held a lock of its own. */
export function machineWith(sessions: number): Machine {
  const machine = new Machine()
  apply(machine, { kind: "found", clusterId: "c".repeat(26), wallMs: 1_700_000_000_000 })
  for (let each = 0; each < sessions; each++) {
    const session = idOf(each)
    apply(machine, {
      ...{ kind: "open", session, secretHash: new Uint8Array(32), host: memberId("a") as NodeId, boot: 1 },
      ...{ attachment: 1, ttlMs: 10_000, liveness: "heartbeat", member: "a", app: "web", pid: undefined },
    } as Command)
    apply(machine, {
      ...{ kind: "acquire", session, seq: 1, floor: 0, hold: "lock", names: [`n${each}`], mode: "exclusive" },
      ...{
        waitMs: undefined,
        priority: 0,
        maxHoldMs: undefined,
        lockDelayMs: 0,
        ...NO_TERMS,
        note: undefined,
        value: undefined,
      },
    } as Command)
    const token = machine.hold(session, 1)?.token as never
    apply(machine, { kind: "release", session, seq: 2, floor: 0, token })
  }
  return machine
}

export function apply(machine: Machine, command: Command): void {
  machine.begin({ index: machine.appliedIndex + 1, stampMs: 0, data: encodeCommand(command) })
  while (machine.step(1000) === undefined);
}

function idOf(number: number): SessionId {
  const letters = number
    .toString(26)
    .padStart(5, "0")
    .replace(/[0-9a-p]/g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
  return `${"s".repeat(20)}${letters}a` as SessionId
}

/** The bytes of its file; `change` makes the header another one. */
export function fileOf(machine: Machine, change: Partial<SnapshotJson> = {}): Uint8Array {
  const reader = machine.snapshot()
  const facts = {
    ...{ format: 1, clusterId: machine.clusterId, index: String(reader.index), term: "2", rev: String(machine.rev) },
    ...{ token: String(machine.lastToken), time: SAVED, ...change },
  }
  const writer = new BackupWriter()
  const parts = [writer.begin(facts)]
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    const full = writer.add(record)
    if (full !== undefined) parts.push(full)
  }
  parts.push(writer.end())
  const octets = Buffer.concat(parts)
  const sha256 = createHash("sha256").update(octets).digest("hex")
  const header = { ...facts, path: "-", bytes: octets.length, sha256, ...change }
  return Buffer.concat([Buffer.from(headerLine(header)), octets])
}

/** What a reader finds, whatever the pieces in which the bytes come. */
export function readAll(bytes: Uint8Array, piece = 4096): ReturnType<BackupReader["finish"]> & { records?: number } {
  const hash = createHash("sha256")
  const reader = new BackupReader({ update: (each) => hash.update(each), hex: () => hash.digest("hex") })
  let records = 0
  for (let at = 0; at < bytes.length; at += piece) {
    reader.push(bytes.subarray(at, at + piece))
    while (reader.next() !== undefined) records++
  }
  return { ...reader.finish(), records }
}
