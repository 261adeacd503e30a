import { type Problem, problem } from "../api/problem.ts"

const NAMES_SHOWN = 5
const LIST = "conclave keyring list"

export function unknownKey(fingerprint: string): Problem {
  return problem("NOT_FOUND", `no member has a key with the fingerprint ${fingerprint}`, {
    hint: LIST,
    details: { fingerprint },
  })
}

/** Nobody may seal with what some member cannot open. */
export function notEverywhere(fingerprint: string, missing: readonly string[]): Problem {
  return problem("CONFLICT", `${listed(missing)} ${have(missing)} not said to have key ${fingerprint}`, {
    hint: "install it again: who has it keeps it",
    details: { reason: "not-everywhere", current: null, fingerprint, missing },
  })
}

/** Nobody may lack what some member seals with. */
export function sealing(fingerprint: string, members: readonly string[]): Problem {
  const seals = members.length === 1 ? "seals" : "seal"
  return problem("CONFLICT", `${listed(members)} ${seals} with key ${fingerprint}`, {
    hint: "use another key first: conclave keyring use FINGERPRINT",
    details: { reason: "primary", current: null, fingerprint, members },
  })
}

export function notAnswered(missing: readonly string[]): Problem {
  return problem("CONFLICT", `${listed(missing)} ${have(missing)} not answered, and may need what would be changed`, {
    hint: "try again, or look there: conclave members",
    details: { reason: "not-acknowledged", current: null, missing },
  })
}

/** `members`: who has a key that came while this agent was about to begin. */
export function othersChange(members: readonly string[]): Problem {
  const show = members.length === 1 ? "shows" : "show"
  return problem("CONFLICT", `another change of the keys has begun meanwhile, as ${listed(members)} ${show}`, {
    hint: `when it is done: ${LIST}, and the same command again`,
    details: { reason: "busy", current: null, members },
  })
}

export function full(limit: number, members: readonly string[]): Problem {
  return problem("RESOURCE_EXHAUSTED", `${listed(members)} ${have(members)} ${limit} keys, as many as there may be`, {
    hint: "conclave keyring remove FINGERPRINT, of one that nobody seals with",
    details: { limit, members },
  })
}

export function equallyNew(fingerprints: readonly string[]): Problem {
  return problem("CONFLICT", `nobody has said which key is the newest of ${fingerprints.join(", ")}`, {
    hint: "conclave keyring rotate FINGERPRINT, with the one that shall stay",
    details: { reason: "equally-new", current: null, fingerprints },
  })
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(", ")
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown
}

function have(names: readonly string[]): string {
  return names.length === 1 ? "has" : "have"
}
