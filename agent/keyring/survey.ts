import type { KeyringJson } from "../api/keyring-schema.ts"
import type { Ring } from "./ring.ts"
import { SERIAL_MAX } from "./ring.ts"
import type { Asked } from "./rounds.ts"

/** What is known of one member's keys; undefined = it has not answered. */
export interface Found {
  readonly member: Asked
  readonly ring: Ring | undefined
}

export type Survey = readonly Found[]

/** How far the key of a rotation has come, and what is to be done for it next by whom. */
export type Step =
  | { readonly kind: "install" | "use"; readonly who: Survey }
  | { readonly kind: "remove"; readonly who: Survey; readonly fingerprint: string }
  /** Some living member has not said that it has the key. */
  | { readonly kind: "wait" }
  | { readonly kind: "done" }

/** Each key that some member has, on how many, sorted by fingerprint. */
export function itemsOf(survey: Survey): KeyringJson["items"] {
  return [...new Set(fingerprintsOf(survey))].sort().map((fingerprint) => {
    const missing = survey.filter((found) => !has(found, fingerprint)).map(nameOf)
    return {
      fingerprint,
      primary: survey.some((found) => sealsWith(found, fingerprint)),
      members: survey.length - missing.length,
      of: survey.length,
      missing: missing.sort(),
    }
  })
}

export function fingerprintsOf(survey: Survey): readonly string[] {
  return survey.flatMap(({ ring }) => (ring ?? []).map(({ fingerprint }) => fingerprint))
}

export function has({ ring }: Found, fingerprint: string): boolean {
  return ring?.some((key) => key.fingerprint === fingerprint) === true
}

export function sealsWith({ ring }: Found, fingerprint: string): boolean {
  return ring?.[0]?.fingerprint === fingerprint
}

export function nameOf({ member }: Found): string {
  return member.name
}

/** Living members without a word. */
export function silent(survey: Survey): Survey {
  return survey.filter(({ member, ring }) => member.isLiving && ring === undefined)
}

/** The key that came into use last; several, where nobody has said which it is. */
export function newest(survey: Survey): readonly string[] {
  const serials = serialsOf(survey)
  const last = Math.max(0, ...serials.values())
  return [...serials].filter(([, serial]) => serial === last).map(([fingerprint]) => fingerprint)
}

/** What a key that comes into use now is numbered; one that is the newest keeps its number. */
export function serialFor(survey: Survey, fingerprint: string): number {
  const serials = serialsOf(survey)
  const own = serials.get(fingerprint) ?? 0
  serials.delete(fingerprint)
  const last = Math.max(0, ...serials.values())
  return own > last ? own : Math.min(last + 1, SERIAL_MAX)
}

/** All who answer have this key and no other. */
export function isAlone(survey: Survey, fingerprint: string): boolean {
  return survey.every(({ ring }) => ring === undefined || (ring.length === 1 && ring[0]?.fingerprint === fingerprint))
}

/**
 * The next step towards this key alone, from what members have, and from nothing else: whoever asks after a crash goes
 * on where it was. Nobody seals with a key that some living member lacks, and nobody lacks one that some member may
 * seal with.
 */
export function nextStep(survey: Survey, fingerprint: string): Step {
  const answered = survey.filter(({ ring }) => ring !== undefined)
  const without = answered.filter((found) => !has(found, fingerprint))
  if (without.length > 0) return { kind: "install", who: without }
  if (silent(survey).length > 0) return { kind: "wait" }
  const others = answered.filter((found) => !sealsWith(found, fingerprint))
  if (others.length > 0) return { kind: "use", who: others }
  const old = fingerprintsOf(answered).find((each) => each !== fingerprint)
  if (old === undefined) return { kind: "done" }
  return { kind: "remove", fingerprint: old, who: answered.filter((found) => has(found, old)) }
}

function serialsOf(survey: Survey): Map<string, number> {
  const serials = new Map<string, number>()
  for (const { ring } of survey) {
    for (const { fingerprint, serial } of ring ?? []) {
      serials.set(fingerprint, Math.max(serial, serials.get(fingerprint) ?? 0))
    }
  }
  return serials
}
