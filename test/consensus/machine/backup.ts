import { ChunkWriter, type Machine, restorable, STAGED_BYTES_MAX } from "@conclave/consensus"
import { decodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"

export interface MachineBackup {
  readonly parts: readonly Uint8Array[]
  readonly quietMs: number
}

/** The state of now, as whoever saves it takes it. */
export function backupOf(machine: Machine): MachineBackup {
  const reader = machine.snapshot()
  const writer = new ChunkWriter(STAGED_BYTES_MAX)
  const parts: Uint8Array[] = []
  let [longestTtlMs, longestDelayMs] = [0, 0]
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    const { isTaken, ttlMs, delayMs } = restorable(decodeRecord(record) as StateRecord)
    longestTtlMs = Math.max(longestTtlMs, ttlMs)
    longestDelayMs = Math.max(longestDelayMs, delayMs)
    const full = isTaken ? writer.add(record) : undefined
    if (full !== undefined) parts.push(full)
  }
  return { parts: [...parts, writer.take() as Uint8Array], quietMs: longestTtlMs + longestDelayMs }
}
