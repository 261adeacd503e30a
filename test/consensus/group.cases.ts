import { groupProblem, hasQuorum, isJoint, isVoter, type ReplicaId, replicas } from "@conclave/consensus"
import { leaveJoint, NO_GROUP, sameGroup, towards } from "@conclave/consensus/group"
import fc from "fast-check"
import { test } from "tap"
import { groupOf, id, ids } from "./stage.ts"

const anySet = fc.uniqueArray(fc.constantFrom(..."abcdefg").map(id), { maxLength: 5 })
const anyVoters = fc.uniqueArray(fc.constantFrom(..."abcdefg").map(id), { minLength: 1, maxLength: 5 })

test("voters of both halves count, learners do not", async (t) => {
  const group = groupOf("abd", { outgoing: "abc", learners: "e", learnersNext: "c" })
  t.ok(isJoint(group))
  t.ok(isVoter(group, id("c")))
  t.ok(isVoter(group, id("d")))
  t.notOk(isVoter(group, id("e")))
  t.same([...replicas(group)].sort(), ids("abcde"))
})

test("a group that is none is told why", async (t) => {
  t.equal(groupProblem(groupOf("abc", { learners: "d" })), undefined)
  t.equal(groupProblem(groupOf("abd", { outgoing: "abc", learnersNext: "c" })), undefined)
  t.match(groupProblem(NO_GROUP), /no voter/)
  t.match(groupProblem(groupOf("aab")), /twice/)
  t.match(groupProblem({ ...groupOf("a"), learners: ["a b" as ReplicaId] }), /no id of a replica/)
  const many = Array.from({ length: 65 }, (_, each) => id(`l${each}`))
  t.match(groupProblem({ ...groupOf("a"), learners: many }), /more than 64/)
  t.equal(groupProblem({ ...groupOf("a"), learners: many.slice(1) }), undefined)
  t.match(groupProblem(groupOf("abc", { learners: "c" })), /a learner is a voter/)
  t.match(groupProblem(groupOf("abc", { outgoing: "abd", learners: "d" })), /a learner is a voter/)
  t.match(groupProblem(groupOf("abd", { outgoing: "abc", learnersNext: "b" })), /no outgoing voter/)
})

test("a change of learners alone needs no joint group", async (t) => {
  t.same(
    towards(groupOf("abc", { learners: "d" }), { voters: ids("cab"), learners: ids("fe") }),
    groupOf("abc", { learners: "ef" }),
  )
})

test("a change of voters goes through a joint group and ends at its target", async (t) => {
  fc.assert(
    fc.property(anyVoters, anySet, anyVoters, anySet, (voters, learners, toVoters, toLearners) => {
      const from = { ...groupOf(""), voters, learners: learners.filter((each) => !voters.includes(each)) }
      const target = { voters: toVoters, learners: toLearners.filter((each) => !toVoters.includes(each)) }
      const first = towards(from, target)
      const last = isJoint(first) ? leaveJoint(first) : first
      const wanted = { ...groupOf(""), ...target }
      return groupProblem(first) === undefined && groupProblem(last) === undefined && sameGroup(last, wanted)
    }),
  )
  t.pass("from any group to any other")
})

test("quorums before, within and after a change share a replica (Raft thesis §4.3)", async (t) => {
  fc.assert(
    fc.property(anyVoters, anyVoters, anySet, anySet, (voters, toVoters, one, other) => {
      const from = { ...groupOf(""), voters }
      const joint = towards(from, { voters: toVoters, learners: [] })
      const groups = [from, joint, isJoint(joint) ? leaveJoint(joint) : joint] as const
      return [0, 1].every((step) => {
        const [before, after] = [groups[step], groups[step + 1]]
        if (before === undefined || after === undefined) return false
        const isFree = one.every((each) => !other.includes(each))
        return !(
          isFree &&
          hasQuorum(before, (each) => one.includes(each)) &&
          hasQuorum(after, (each) => other.includes(each))
        )
      })
    }),
    { numRuns: 2000 },
  )
  t.pass("in any change")
})

test("the order of names does not matter", async (t) => {
  t.ok(sameGroup(groupOf("abc", { learners: "de" }), groupOf("cba", { learners: "ed" })))
  t.notOk(sameGroup(groupOf("abc"), groupOf("abd")))
  t.notOk(sameGroup(groupOf("abc"), groupOf("abc", { outgoing: "abc" })))
})
