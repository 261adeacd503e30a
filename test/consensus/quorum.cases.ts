import { type Group, hasQuorum, majority, quorumIndex, type ReplicaId } from "@conclave/consensus"
import { isLost } from "@conclave/consensus/quorum"
import { test } from "tap"
import { at, groupOf } from "./stage.ts"

const NAMES = "abcdefg"

/** Every group out of seven replicas, joint ones as pairs of sets. */
function* groups(): Generator<Group> {
  const subsets = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
    [...NAMES].filter((_, bit) => bits & (1 << bit)),
  )
  for (const voters of subsets) {
    if (voters.length === 0) continue
    for (const outgoing of subsets) yield groupOf(voters.join(""), { outgoing: outgoing.join("") })
  }
}

/** More than half, counted one by one. */
function most(names: readonly string[], has: (name: string) => boolean): boolean {
  let count = 0
  for (const name of names) if (has(name)) count++
  return 2 * count > names.length
}

test("a majority is more than half", async (t) => {
  t.same([1, 2, 3, 4, 5, 6, 7].map(majority), [1, 2, 2, 3, 3, 4, 4])
})

test("a quorum is a majority of each half, in every group of up to seven (Raft thesis §4.3)", async (t) => {
  let wrong = 0
  let seen = 0
  for (const group of groups()) {
    const bits = (seen * 2654435761) >>> 25
    const isIn = (id: string): boolean => (bits & (1 << NAMES.indexOf(id))) !== 0
    const expected = most(group.voters, isIn) && (group.outgoing.length === 0 || most(group.outgoing, isIn))
    if (hasQuorum(group, isIn) !== expected) wrong++
    // It is lost exactly when even all who have not refused are no quorum.
    if (isLost(group, isIn) === hasQuorum(group, (id) => !isIn(id))) wrong++
    seen++
  }
  t.equal(wrong, 0)
  t.equal(seen, 127 * 128)
})

test("any two quorums of a group share a replica, in every group of up to five", async (t) => {
  const names = "abcde"
  for (const voters of ["a", "ab", "abc", "abcd", "abcde"]) {
    const group = groupOf(voters)
    const quorums = Array.from({ length: 32 }, (_, bits) => bits).filter((bits) =>
      hasQuorum(group, (id) => (bits & (1 << names.indexOf(id))) !== 0),
    )
    t.ok(
      quorums.every((one) => quorums.every((other) => (one & other) !== 0)),
      voters,
    )
  }
})

test("the quorum index is the highest that a quorum has, in every group of up to seven", async (t) => {
  let wrong = 0
  let seen = 0
  for (const group of groups()) {
    const matches = new Map<ReplicaId, number>(
      [...NAMES].map((name, by) => [name as ReplicaId, ((seen >> by) * 7 + by) % 6]),
    )
    const matchOf = (id: ReplicaId): number => matches.get(id) ?? 0
    let highest = 0
    for (let index = 1; index <= 6; index++) if (hasQuorum(group, (id) => matchOf(id) >= index)) highest = index
    if (quorumIndex(group, (id) => at(matchOf(id))) !== highest) wrong++
    seen++
  }
  t.equal(wrong, 0)
})

test("a group without voters has no quorum", async (t) => {
  t.notOk(hasQuorum(groupOf(""), () => true))
  t.equal(
    quorumIndex(groupOf(""), () => at(9)),
    0,
  )
})
