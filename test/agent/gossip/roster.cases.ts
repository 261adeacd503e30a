import type { NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import type { MemberChanged } from "conclave/api/view"
import { MemberFile } from "conclave/gossip/member-file"
import { MemberLog } from "conclave/gossip/member-log"
import { Roster } from "conclave/gossip/roster"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { fakeMember, memberId } from "../fake-view.ts"
import { ScriptedDisk } from "../scripted-disk.ts"

const SELF = memberId("self")

interface Opened {
  readonly roster: Roster
  readonly disk: ScriptedDisk
  readonly remembered: () => string[]
}

function opened(): Opened {
  const disk = new ScriptedDisk()
  const clock = new FakeClock()
  const roster = new Roster(SELF, new MemberLog({ write: () => {} }, SELF))
  roster.open(fakeMember("self"), MemberFile.load(disk, clock).file)
  const remembered = (): string[] => {
    clock.advance(1000)
    return MemberFile.load(disk, clock)
      .members.map(({ name, addr }) => `${name} ${addr}`)
      .sort()
  }
  return { roster, disk, remembered }
}

function change(before: Member | undefined, after: Member | undefined): MemberChanged {
  return { kind: "memberChanged", change: "update", before, after, suspectMs: 0 }
}

test("who comes is remembered, who leaves or is removed is forgotten, who dies stays", (t) => {
  const { roster, remembered } = opened()
  const [b, c, d] = [fakeMember("b"), fakeMember("c"), fakeMember("d")]
  for (const member of [b, c, d]) roster.changed(change(undefined, member))
  roster.changed(change(b, { ...b, state: "left" }))
  roster.changed(change(c, undefined))
  roster.changed(change(d, { ...d, state: "dead" }))
  t.same(remembered(), [`d ${d.record.addr}`])
  roster.changed(change({ ...b, state: "left" }, b))
  t.same(remembered(), [`b ${b.record.addr}`, `d ${d.record.addr}`], "who comes back is known again")
  t.end()
})

test("nothing is written for a change that is not about where a member is", (t) => {
  const { roster, disk, remembered } = opened()
  const before = fakeMember("b")
  roster.changed(change(undefined, before))
  remembered()
  const writes = disk.writes.length
  roster.changed(change(before, { ...before, state: "suspect" }))
  roster.changed(change(fakeMember("self"), { ...fakeMember("self"), state: "suspect" }))
  remembered()
  t.equal(disk.writes.length, writes)
  roster.changed(change(before, { ...before, record: { ...before.record, name: "renamed" } }))
  t.same(remembered(), [`renamed ${before.record.addr}`])
  t.end()
})

test("after a good-bye nobody is remembered any more", (t) => {
  const { roster, remembered } = opened()
  roster.stopRemembering()
  roster.changed(change(undefined, fakeMember("b")))
  t.same(remembered(), [])
  t.end()
})

test("listeners hear each change with the version that it made, until they end it", (t) => {
  const { roster } = opened()
  const heard: [string | undefined, number][] = []
  const end = roster.onChanged(({ after }, version) => heard.push([after?.record.name, version]))
  t.equal(roster.version, 1)
  roster.changed(change(undefined, fakeMember("b")))
  roster.changed(change(undefined, fakeMember("c")))
  end()
  roster.changed(change(undefined, fakeMember("d")))
  t.same(heard, [
    ["b", 2],
    ["c", 3],
  ])
  t.equal(roster.version, 4)
  t.end()
})

test("a conflict is told to whoever listens", (t) => {
  const { roster } = opened()
  const heard: NodeId[] = []
  const end = roster.onConflict(({ challenger }) => heard.push(challenger.id))
  const [holder, challenger] = [fakeMember("b").record, fakeMember("c").record]
  const conflict = { kind: "nameConflict", name: "b", holder, challenger, fatal: false } as const
  roster.conflict(conflict)
  end()
  roster.conflict(conflict)
  t.same(heard, [challenger.id])
  t.end()
})

test("names and addresses are those of the own member, too", (t) => {
  const { roster } = opened()
  t.equal(roster.byName("self"), SELF)
  t.equal(roster.byAddr(fakeMember("self").record.addr), SELF)
  t.equal(roster.byName("nobody"), undefined)
  t.end()
})
