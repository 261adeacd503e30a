import { z } from "zod"

/** Of any socket's path: what the kernel takes (unix(7)), without the zero byte. */
export const SOCKET_PATH_BYTES_MAX = 107
const SOCKETS_MAX = 64
const GLOBS_MAX = 256
const GLOB_CHARS_MAX = 255
const PATH_CHARS_MAX = 4096
const GID_MAX = 2 ** 32 - 2
const SOCKET_MODE = 0o660

/** What a name of locks, keys and pools may have, and a star; the first one is a letter or a digit. */
const GLOB = /^[A-Za-z0-9*][A-Za-z0-9._:@/*-]*$/

/** A further socket for applications, and what its clients may touch. */
export interface SocketWish {
  /** Absolute. */
  readonly path: string
  readonly mode: number
  /** A name or a number; undefined: the group of the agent. */
  readonly group: string | number | undefined
  /** Globs; never empty. */
  readonly names: readonly string[]
}

/** Connecting takes the right to write, and nothing but that: other bits would say what is not so. */
const MODES = [0o600, 0o606, 0o660, 0o666]
const MODE_ERROR = 'must be "0600", "0660", "0606" or "0666": whoever may write may connect'

/** YAML reads `0660` as 660, and `0o660` as 432: none of these numbers means two things. */
const mode = z.union([z.string(), z.number()], { error: MODE_ERROR }).transform((value, context) => {
  const digits = String(value).replace(/^0?o?/, "")
  const found = MODES.find((each) => each.toString(8) === digits) ?? MODES.find((each) => each === value)
  if (found !== undefined) return found
  context.addIssue({ code: "custom", message: MODE_ERROR })
  return z.NEVER
})

const glob = z
  .string({ error: "must be text; write it in quotes" })
  .max(GLOB_CHARS_MAX, { error: `has over ${GLOB_CHARS_MAX} characters, and fits no name` })
  .regex(GLOB, { error: "fits no name: letters, digits and ._:@/- stand for themselves, * for anything" })

const NO_NAMES = 'must be a list of what its clients may touch, such as ["orders/*"]; ["*"] is everything'

const GROUP_ERROR = "must be the name or the number of a group"

const group = z.union(
  [
    z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/, { error: GROUP_ERROR }),
    z.int({ error: GROUP_ERROR }).min(0, { error: GROUP_ERROR }).max(GID_MAX, { error: GROUP_ERROR }),
  ],
  { error: GROUP_ERROR },
)

const NO_SOCKET = "must have path and names"
const UNKNOWN = "has path, mode, group and names, and knows no"

/** The key `sockets`. Paths are as they were written. */
export const SOCKETS = z
  .array(
    z.strictObject(
      {
        path: z
          .string({ error: "must be the path of the socket" })
          .min(1, { error: "must not be empty" })
          .max(PATH_CHARS_MAX, { error: "is too long for a path" }),
        mode: mode.default(SOCKET_MODE),
        group: group.optional(),
        names: z
          .array(glob, { error: NO_NAMES })
          .min(1, { error: NO_NAMES })
          .max(GLOBS_MAX, { error: `takes at most ${GLOBS_MAX} globs` }),
      },
      { error: (issue) => (issue.code === "unrecognized_keys" ? `${UNKNOWN} ${issue.keys.join(", ")}` : NO_SOCKET) },
    ),
    { error: "must be a list of sockets, each with path and names" },
  )
  .max(SOCKETS_MAX, { error: `takes at most ${SOCKETS_MAX} sockets` })
