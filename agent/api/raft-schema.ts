import { z } from "zod"
import { U64 } from "./objects.ts"
import { FLAG, NAME, NOTHING, type OpSchema } from "./op-schema.ts"

/** The Raft group, as operators see and change it. */

const SEAT = z
  .object({
    /** Null as long as this agent does not know whose seat it is. */
    name: z.string().nullable(),
    id: z.string().nullable(),
    addr: z.string().nullable(),
    role: z.enum(["leader", "voter", "learner"]),
    up: z.boolean(),
    /** Known to the leader alone. */
    matchIndex: U64.nullable(),
    lag: z.number().nullable(),
    lastContactMs: z.number().nullable(),
  })
  .meta({ id: "RaftSeat" })

export const RAFT_STATUS = z
  .object({
    term: U64,
    leader: z.string().nullable(),
    commitIndex: U64,
    appliedIndex: U64,
    quorum: z.number(),
    canLose: z.number(),
    items: z.array(SEAT),
  })
  .meta({ id: "RaftStatus" })

export const RAFT_OPS = {
  "raft.status": {
    method: "GET",
    path: "/v1/raft",
    admin: false,
    stream: false,
    about: "The Raft group as this agent knows it, also without a quorum",
    input: NOTHING,
    output: RAFT_STATUS,
  },
  "raft.bootstrap": {
    method: "POST",
    path: "/v1/raft/bootstrap",
    admin: true,
    stream: false,
    about: "Founds the cluster's Raft group on this agent, once",
    input: NOTHING,
    output: RAFT_STATUS,
  },
  "raft.transfer": {
    method: "POST",
    path: "/v1/raft/transfer",
    admin: true,
    stream: false,
    about: "Moves the leadership of the group, to the best voter or to the one named",
    input: z.object({ to: NAME.optional() }),
    output: RAFT_STATUS,
  },
  "raft.add": {
    method: "PUT",
    path: "/v1/raft/voters/{name}",
    admin: true,
    stream: false,
    about: "Gives a member a seat",
    input: z.object({ name: NAME, force: FLAG.optional() }),
    output: RAFT_STATUS,
  },
  "raft.remove": {
    method: "DELETE",
    path: "/v1/raft/voters/{name}",
    admin: true,
    stream: false,
    about: "Takes a member's seat",
    input: z.object({ name: NAME, force: FLAG.optional() }),
    output: RAFT_STATUS,
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export type RaftStatusJson = z.input<typeof RAFT_STATUS>
