import type { ConclaveError } from "@conclave/sdk"
import { printable } from "./printable.ts"

/** An error for people: what happened, why as far as it is known, and one command that leads on. */
export interface Explanation {
  readonly what: string
  readonly why: string | undefined
  readonly next: string
}

/** Finds the words for an error of `command`. */
export function explain(error: ConclaveError, command: string): Explanation {
  const { message, hint } = error
  const of = (why: string | undefined, next: string): Explanation => ({ what: message, why, next })
  switch (error.code) {
    case "AGENT_UNAVAILABLE":
      return { what: unreachableWhat(error), why: unreachableWhy(error), next: unreachableNext(error) }
    case "PERMISSION_DENIED":
      return typeof error.details["errno"] === "string"
        ? of("The socket belongs to another user or group.", `ls -l ${textOf(error, "path")}`)
        : of("Such calls go through the admin socket, and this is the one for applications.", adminNext(command))
    case "NOT_FOUND":
      return of("This agent has never heard of it, or it was pruned.", hint ?? "conclave members")
    case "CONFLICT":
      return of(reasonOf(error), hint ?? "conclave status")
    case "TIMEOUT":
      return of(unlessApplied(error), hint ?? "conclave status")
    case "INVALID_ARGUMENT":
    case "UNIMPLEMENTED":
      return of(undefined, hint ?? `conclave help ${command}`)
    default:
      return of(error.outcome === "unknown" ? unlessApplied(error) : undefined, hint ?? "conclave status")
  }
}

/** On a terminal and in a log alike: two or three lines. */
export function explanationText({ what, why, next }: Explanation, command: string): string {
  const name = command === "" ? "conclave" : `conclave ${command}`
  const lines = [`${name}: ${printable(what)}`, ...(why === undefined ? [] : [printable(why)]), `Next: ${next}`]
  return `${lines.join("\n")}\n`
}

function unreachableWhat(error: ConclaveError): string {
  const path = textOf(error, "path")
  switch (error.details["errno"]) {
    case "ENOENT":
    case "ENOTDIR":
      return `no agent runs here: ${path} does not exist`
    case "ECONNREFUSED":
      return `no agent answers at ${path}`
    default:
      return error.message
  }
}

function unreachableWhy(error: ConclaveError): string | undefined {
  const { errno, tried } = error.details
  if (errno === "ECONNREFUSED") return "The socket is there, but the agent stopped without removing it."
  if (errno === "ENOENT" && Array.isArray(tried)) return `Looked for its socket at ${tried.join(", then at ")}.`
  if (error.outcome === "unknown") return unlessApplied(error)
  return errno === undefined ? "The agent is stopped, overloaded, or what listens there is none." : undefined
}

function unreachableNext(error: ConclaveError): string {
  const flag = error.details["door"] === "admin" ? "--admin-socket" : "--socket"
  return error.details["errno"] === undefined ? "conclave status" : `conclave agent (or ${flag} PATH, or conclave dev)`
}

function adminNext(command: string): string {
  return `sudo conclave ${command} (or --admin-socket PATH)`
}

function reasonOf(error: ConclaveError): string | undefined {
  const { reason } = error.details
  return typeof reason === "string" ? `Reason: ${reason}.` : undefined
}

function unlessApplied(error: ConclaveError): string | undefined {
  return error.outcome === "unknown" ? "Whether it took effect is not known." : undefined
}

function textOf(error: ConclaveError, key: string): string {
  const value = error.details[key]
  return typeof value === "string" ? value : "the socket"
}
