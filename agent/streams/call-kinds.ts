/** What is asked of another agent, as a number on the wire; `…Here`: of who leads, who must not send it on. */
export const WHAT = {
  propose: 1,
  relieve: 2,
  proposeHere: 3,
  relieveHere: 4,
  read: 5,
  renew: 6,
  depart: 7,
  departHere: 8,
  group: 9,
  groupHere: 10,
  keys: 11,
  founding: 12,
} as const

/** What is taken only of hosts with a seat in the group. */
export const OF_SEATS: ReadonlySet<number> = new Set([
  WHAT.proposeHere,
  WHAT.relieveHere,
  WHAT.departHere,
  WHAT.groupHere,
])

/** How it was answered. */
export const HOW = {
  applied: 1,
  notProposed: 2,
  unknown: 3,
  overloaded: 4,
  read: 5,
  renewed: 6,
  departed: 7,
  group: 8,
  keys: 9,
  founding: 10,
} as const
