import { matchesGlob } from "./glob.ts"
import { isHoldKind } from "./hold-objects.ts"
import type { JournalNote } from "./objects.ts"

/** Which kind of socket it is: the operators', or one for applications. */
export type Door = "application" | "admin"

/** Who asks. A socket is the principal: who may open it is said by its file, what comes by it by its configuration. */
export interface Principal {
  readonly door: Door
  /** Globs, one of which each name has to fit that is touched; undefined = every name. */
  readonly names: readonly string[] | undefined
  /** One of several sockets for applications has a part of what an agent can do, and leaves some to the others. */
  readonly share: "whole" | "part"
}

export const ADMIN: Principal = { door: "admin", names: undefined, share: "whole" }
/** The socket for whatever application of this host. */
export const APPLICATION: Principal = { door: "application", names: undefined, share: "whole" }

/** Whether it may touch, and see, what has this name: a lock, an election, a key, a pool with its items. */
export function mayTouch({ names }: Principal, name: string): boolean {
  return names === undefined || fits(names, name)
}

export function fits(globs: readonly string[], name: string): boolean {
  return globs.some((glob) => matchesGlob(name, glob))
}

/** Whether it may see an event; those about hosts, the group and sessions have no such name. */
export function maySee(principal: Principal, { kind, name, chain = [] }: JournalNote): boolean {
  if (principal.names === undefined) return true
  const touched = chain.flatMap(({ holds, waits }) => [...holds, waits].map((each) => each.name))
  if (isHoldKind(kind.split(".")[0] ?? "") && name !== undefined) touched.push(name)
  return touched.every((each) => mayTouch(principal, each))
}
