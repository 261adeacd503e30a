import type { Profile } from "@conclave/swim"

/** A session's time to live where neither its application nor the configuration names one. */
export const SESSION_TTL_MS: Readonly<Record<Profile, number>> = { local: 2000, lan: 10_000, wan: 10_000 }
/** What the cluster takes. */
export const SESSION_TTL_MIN_MS = 2000
export const SESSION_TTL_MAX_MS = 300_000
