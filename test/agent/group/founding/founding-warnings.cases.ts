import type { NodeId } from "@conclave/base"
import { type Candidate, type FoundingState, foundingBegins, type Pledge } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { foundingObjection } from "conclave/group/founding/founding-objection"
import { foundingWarnings } from "conclave/group/founding/founding-warnings"
import { test } from "tap"
import { fakeMember } from "../../fake-view.ts"

const [SELF, FOUNDER] = ["n1", "n2"].map((name) => fakeMember(name)) as [Member, Member]
const PLEDGE: Pledge = { founder: FOUNDER.id, name: "n2", addr: FOUNDER.record.addr, line: "l", number: 1 }

function stateOf(
  changes: Partial<FoundingState> & { readonly pledge?: Pledge; readonly isOpen?: boolean },
): FoundingState {
  const { pledge, isOpen = false, ...more } = changes
  return { ...foundingBegins({ line: "l", number: 1, isOpen, pledge }), ...more }
}

function saidOf(
  state: FoundingState,
  options: { members?: Member[]; expects?: number; problem?: string; obstacle?: string } = {},
): string {
  const { members = [SELF, FOUNDER], expects = 3, problem, obstacle } = options
  const seen = { self: SELF.id, expects, wish: "auto", problem, obstacle, members } as const
  return foundingWarnings(state, seen)
    .map(({ message, hint }) => `${message} -> ${hint}`)
    .join("\n")
}

function candidate({ id, record }: Member, expects: number): Candidate {
  return { id, name: record.name, addr: record.addr, expects, wish: "auto" }
}

test("who has promised says to whom, and what an operator can do, by what is known of the founder", (t) => {
  const promised = stateOf({ pledge: PLEDGE })
  t.match(saidOf(promised), /has promised n2 at .* -> conclave status on n2$/)
  const dead = { members: [SELF, { ...FOUNDER, state: "dead" }] } as { members: Member[] }
  t.match(saidOf(promised, dead), /n2 is dead: .* -> start n2 again; if it is gone for good: conclave leave n2$/)
  t.match(
    saidOf(promised, { members: [SELF] }),
    /no such member is known .*: conclave raft bootstrap, once, on one host$/,
  )
  const lost = stateOf({ pledge: PLEDGE, verdict: "unknown" })
  t.match(saidOf(lost), /lost its record .*: conclave raft bootstrap/)
  t.equal(saidOf(stateOf({ pledge: PLEDGE, cluster: "c" as never })), "", "it belongs to a cluster")
  t.end()
})

test("who founds says whom it waits for; what cannot be read is said before all", (t) => {
  const ids = [SELF.id, FOUNDER.id] as NodeId[]
  t.match(
    saidOf(stateOf({ isOpen: true, members: ids, pledged: [SELF.id] })),
    /all of n1, n2 have promised; missing: n2/,
  )
  t.match(saidOf(stateOf({}), { problem: "it is damaged" }), /^it is damaged: what this host has promised is not known/)
  t.match(
    saidOf(stateOf({ pledge: PLEDGE, rewriteMs: 5000 })),
    /^founding\.json cannot be written: this host promises nothing/,
  )
  const obstacle = "the log cannot be made: EIO"
  t.match(
    saidOf(stateOf({ isFounding: true }), { obstacle }),
    /could not yet: the log cannot be made: EIO -> make room/,
  )
  t.equal(saidOf(stateOf({}), { expects: 0, obstacle }), "", "it waits for nobody")
  t.end()
})

test("nobody founds alone while others may be about to found with it, or without", (t) => {
  const members = [SELF, FOUNDER]
  t.equal(foundingObjection(stateOf({}), [], members), undefined)
  t.match(foundingObjection(stateOf({ isOpen: true }), [], members), /about to found/)
  const writing = { kind: "pledge", call: 1, pledge: PLEDGE } as const
  t.match(foundingObjection(stateOf({ pledge: PLEDGE, writing }), [], [SELF]), /n2 is about to found with this host/)
  t.match(foundingObjection(stateOf({ pledge: PLEDGE }), [], members), /promised n2 at .*: conclave leave n2$/)
  t.equal(foundingObjection(stateOf({ pledge: PLEDGE }), [], [SELF]), undefined, "nobody knows of the founder")
  t.equal(foundingObjection(stateOf({ pledge: PLEDGE, verdict: "unknown" }), [], members), undefined)
  const left: Member = { ...FOUNDER, state: "left" }
  t.equal(foundingObjection(stateOf({ pledge: PLEDGE }), [], [SELF, left]), undefined)
  const two = members.map((each) => candidate(each, 2))
  t.match(foundingObjection(stateOf({}), two, members), /2 hosts or more are there/)
  t.equal(foundingObjection(stateOf({}), two.slice(1), members), undefined)
  t.end()
})
