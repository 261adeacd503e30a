import { z } from "zod"
import type { OpSchema } from "./op-schema.ts"

/** The keys of gossip over the cluster. */

/** 32 bytes in base64, as `keyring gen` prints them. What is none is not shown again: it may be one with a slip. */
const KEY = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), "is no key: it has to be 32 bytes, or those in base64")
const FINGERPRINT = z
  .string()
  .refine((text) => /^[0-9a-f]{16}$/.test(text), "is no fingerprint: it has 16 hexadecimal digits, as the list shows")

export const VERBS = ["list", "install", "use", "remove", "rotate"] as const

export const KEYRING = z
  .object({
    items: z.array(
      z.object({
        fingerprint: z.string(),
        /** Some member seals with it. */
        primary: z.boolean(),
        /** How many have it, of all that have not left. */
        members: z.number(),
        of: z.number(),
        /** Those without it, or without an answer. */
        missing: z.array(z.string()),
      }),
    ),
    /** Living members that did not do it, or did not answer, and why. */
    failed: z.array(z.object({ name: z.string(), message: z.string() })),
    /** Of a rotation: what comes next; `done` = the key is the only one. */
    phase: z.enum(["install", "use", "remove", "done"]).optional(),
  })
  .meta({ id: "Keyring" })

export const KEYRING_OPS = {
  keyring: {
    method: "POST",
    path: "/v1/keyring/{verb}",
    words: { verb: VERBS },
    reads: { path: "/v1/keyring", input: { verb: "list" } },
    octetsAs: "key",
    admin: true,
    stream: false,
    about: "The keys that seal gossip, on all members: list, install, use, remove, or rotate to a new one",
    input: z.object({
      verb: z.enum(VERBS).default("list"),
      fingerprint: FINGERPRINT.optional(),
      /** Of an installation. */
      key: KEY.optional(),
    }),
    output: KEYRING,
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export type KeyringJson = z.input<typeof KEYRING>
export type KeyringWish = z.output<typeof KEYRING_OPS.keyring.input>
