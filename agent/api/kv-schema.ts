import { z } from "zod"
import { U64, watchLineOf } from "./objects.ts"
import { FLAG, jsonOf, type OpSchema, RESOURCE } from "./op-schema.ts"

/** Small state under keys. */

export const ENTRY_VALUE_BYTES_MAX: number = 64 * 1024

export const ENTRY = z
  .object({
    key: z.string(),
    value: z.unknown(),
    /** The revision that made it what it is, and the one that made it. */
    modRev: U64,
    createRev: U64,
  })
  .meta({ id: "Entry" })

export const ENTRY_WATCH_LINE = z.object(watchLineOf(ENTRY)).meta({ id: "EntryWatchLine" })

/** Applied only while this token holds the name, whoever sends it. */
const GUARD = z.object({ kind: z.string().max(64), name: RESOURCE, token: U64 })
const REV = z.object({ rev: U64 })
/** On what was read locally: how old it may be. */
const AGE = z.number().optional()
/** Of the entry as it must be; "0" = there must be none. */
const CONDITIONS = { ifRev: U64.optional(), guard: GUARD.optional() }

export const KV_OPS = {
  "kv.get": {
    method: "GET",
    path: "/v1/kv/{key}",
    admin: false,
    stream: false,
    about: "One entry",
    input: z.object({ key: RESOURCE, stale: FLAG.optional() }),
    output: ENTRY.extend({ rev: U64, ageMs: AGE }),
  },
  "kv.list": {
    method: "GET",
    path: "/v1/kv",
    admin: false,
    stream: false,
    about: "Every entry whose key begins so",
    input: z.object({ prefix: z.string().max(255).optional(), stale: FLAG.optional() }),
    output: REV.extend({ items: z.array(ENTRY), ageMs: AGE }),
  },
  "kv.put": {
    method: "PUT",
    path: "/v1/kv/{key}",
    admin: false,
    stream: false,
    about: "Puts a value under a key, where what is there is as expected and the guard holds",
    input: z.object({ key: RESOURCE, value: jsonOf(ENTRY_VALUE_BYTES_MAX), ...CONDITIONS }),
    output: REV,
  },
  "kv.delete": {
    method: "DELETE",
    path: "/v1/kv/{key}",
    admin: false,
    stream: false,
    about: "Deletes an entry, where it is as expected and the guard holds",
    input: z.object({ key: RESOURCE, ...CONDITIONS }),
    output: REV.extend({ deleted: z.boolean() }),
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export type EntryJson = z.input<typeof ENTRY>
