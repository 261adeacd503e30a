import type { Addr, NodeId } from "@conclave/base"
import { isNodeId } from "@conclave/base"
import type { FoundingRecord, Pledge } from "@conclave/consensus"
import { numericHostPort } from "../host-port.ts"
import type { Disk } from "../ports.ts"
import { mintId } from "../wal/replica-id.ts"
import { hashedLine, readHashedLine } from "./hashed-line.ts"

const FILE = "founding.json"

export interface FoundingFile {
  readonly record: FoundingRecord
  /** The file was there and could not be read: nobody knows what this host has promised. */
  readonly problem: string | undefined
  /** Calls back when it is durable, or with false. */
  readonly save: (record: FoundingRecord, done: (isDurable: boolean) => void) => void
}

/** What this host has promised and asked others to promise. `seed`: fresh entropy, where it may begin attempts. */
export function openFoundingFile(disk: Disk, seed: (() => number) | undefined): FoundingFile {
  const { value, problem } = readHashedLine(disk, FILE, read)
  return {
    record: value ?? { line: seed === undefined ? "" : mintId(seed), number: 0, isOpen: false, pledge: undefined },
    problem,
    save: (record, done) => disk.replace(FILE, hashedLine(JSON.stringify(record)), ({ ok }) => done(ok)),
  }
}

function read({ line, number, isOpen, pledge }: Readonly<Record<string, unknown>>): FoundingRecord | undefined {
  if (typeof line !== "string" || !isCount(number)) return undefined
  const held = pledge === undefined ? undefined : readPledge((pledge ?? {}) as Record<string, unknown>)
  return held === "none" ? undefined : { line, number, isOpen: isOpen === true, pledge: held }
}

function readPledge({ founder, name, addr, line, number }: Record<string, unknown>): Pledge | "none" {
  const isWhole = typeof founder === "string" && typeof name === "string" && typeof addr === "string"
  if (!isWhole || !isNodeId(founder) || numericHostPort(addr) === undefined) return "none"
  if (typeof line !== "string" || !isCount(number)) return "none"
  return { founder: founder as NodeId, name, addr: addr as Addr, line, number }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
