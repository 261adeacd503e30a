import { MemberIndex } from "conclave/gossip/member-index"
import { test } from "tap"
import { fakeMember, memberId } from "../fake-view.ts"

const NAME = "web"
const ADDR = fakeMember("x").record.addr

/** Members that share a name and an address, as containers that follow each other do. */
function namesake(id: string, state: "alive" | "dead"): ReturnType<typeof fakeMember> {
  const member = fakeMember(id, { state })
  return { ...member, record: { ...member.record, name: NAME } }
}

test("of several with one name and address the living one is meant, else the one that changed last", (t) => {
  const index = new MemberIndex()
  const found = () => [index.byName(NAME), index.byAddr(ADDR)]
  const both = (id: string) => [memberId(id), memberId(id)]
  t.same(found(), [undefined, undefined])
  const [one, two, three] = [namesake("one", "dead"), namesake("two", "alive"), namesake("three", "dead")]
  index.changed(undefined, one)
  index.changed(undefined, two)
  index.changed(undefined, three)
  t.same(found(), both("two"))
  index.changed(two, namesake("two", "dead"))
  t.same(found(), both("two"))
  index.changed(namesake("two", "dead"), undefined)
  t.same(found(), both("three"))
  index.changed(three, undefined)
  t.same(found(), both("one"), "the others are not forgotten with it")
  index.changed(one, undefined)
  t.same(found(), [undefined, undefined])
  t.end()
})

test("who changes name or address is found under the new ones only", (t) => {
  const index = new MemberIndex()
  const before = fakeMember("a")
  index.changed(undefined, before)
  const after = { ...before, record: { ...before.record, name: "b", addr: "10.0.0.9:1" as typeof ADDR } }
  index.changed(before, after)
  t.same([index.byName("a"), index.byAddr(ADDR)], [undefined, undefined])
  t.same([index.byName("b"), index.byAddr(after.record.addr)], [before.id, before.id])
  t.end()
})

test("a host is the home of its living members, however its address is written", (t) => {
  const index = new MemberIndex()
  const at = (id: string, addr: string, state: "alive" | "suspect" | "dead" = "alive") => {
    const member = fakeMember(id, { state })
    return { ...member, record: { ...member.record, addr: addr as typeof ADDR } }
  }
  const [one, two] = [at("one", "10.0.0.7:1"), at("two", "10.0.0.7:2", "suspect")]
  index.changed(undefined, one)
  index.changed(undefined, two)
  index.changed(undefined, at("three", "[2001:db8:0::0A]:1"))
  index.changed(undefined, at("four", "10.0.0.8:1", "dead"))
  t.ok(index.isHome("10.0.0.7"))
  t.ok(index.isHome("::ffff:10.0.0.7"))
  t.ok(index.isHome("2001:db8::a"))
  t.notOk(index.isHome("10.0.0.8"))
  index.changed(one, undefined)
  t.ok(index.isHome("10.0.0.7"))
  index.changed(two, at("two", "10.0.0.9:2"))
  t.notOk(index.isHome("10.0.0.7"))
  t.ok(index.isHome("10.0.0.9"))
  t.end()
})
