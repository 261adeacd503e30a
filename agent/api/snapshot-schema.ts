import { z } from "zod"
import { TIME, U64 } from "./objects.ts"
import { NOTHING, type OpSchema } from "./op-schema.ts"

/** Backups of the replicated state, as operators save and restore them. */

export const SNAPSHOT = z
  .object({
    /** Of this layout; a program refuses one that it does not know. */
    format: z.number(),
    /** Where it lies; `-` while it is on its way. */
    path: z.string(),
    /** Of the octets behind the header. */
    bytes: z.number(),
    sha256: z.string(),
    clusterId: z.string(),
    /** The last entry of the log in it. */
    index: U64,
    /** Of the reign in which it was saved. */
    term: U64,
    rev: U64,
    /** The last fencing token in it. */
    token: U64,
    time: TIME,
  })
  .meta({ id: "Snapshot" })

export const SNAPSHOT_OPS = {
  "snapshot.save": {
    method: "GET",
    path: "/v1/snapshot",
    admin: true,
    stream: false,
    octets: "out",
    about: "The replicated state as it is after the call: a line with the Snapshot, then its octets",
    input: NOTHING,
    output: SNAPSHOT,
  },
  "snapshot.restore": {
    method: "POST",
    path: "/v1/snapshot",
    admin: true,
    stream: false,
    octets: "in",
    about: "Makes a saved state the state of this cluster, and ends every session",
    input: z.object({ confirm: z.string().max(64) }),
    output: SNAPSHOT,
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export type SnapshotJson = z.input<typeof SNAPSHOT>
