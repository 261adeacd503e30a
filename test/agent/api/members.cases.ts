import { memberJson } from "conclave/api/member-json"
import { getMember, listMembers, nameOf } from "conclave/api/members"
import { test } from "tap"
import { FakeAgent, fakeMember, memberId } from "../fake-view.ts"

test("filters: any of the states, all of the tags", (t) => {
  const fake = new FakeAgent()
  fake.put(fakeMember("b", { state: "left", tags: { role: "db", az: "1=2" } }))
  fake.put(fakeMember("c", { state: "suspect", tags: { role: "db" } }))
  const names = (input: object): unknown => {
    const list = listMembers(fake.view, input)
    return "items" in list ? list.items.map(({ name }) => name) : list.code
  }
  t.same(names({}), ["a", "b", "c"])
  t.same(names({ status: ["left", "alive,suspect"] }), ["a", "b", "c"])
  t.same(names({ tag: ["role=db", "az=1=2"] }), ["b"])
  t.same(names({ tag: "az=" }), [])
  t.same(names({ tag: "toString=x" }), [], "no tag is inherited")
  for (const input of [{ status: "" }, { status: "alive," }, { tag: "=x" }, { tag: "role" }]) {
    t.equal(names(input), "INVALID_ARGUMENT")
  }
  t.end()
})

test("a member as every door shows it", (t) => {
  const fake = new FakeAgent()
  const self = fakeMember("a")
  const sick = { ...self, record: { ...self.record, health: 15, zone: "eu-1" }, restartingUntilMs: 2500 as never }
  t.match(memberJson(fake.view, sick), {
    self: true,
    rttMs: null,
    zone: "eu-1",
    restartingUntil: "2026-03-01T11:00:02.500Z",
    health: ["cpu", "disk", "loop", "socket"],
  })
  t.end()
})

test("accusations name their accuser, or show its id when nobody knows it any more", (t) => {
  const fake = new FakeAgent()
  const accuser = { path: "direct" as const, rttMs: 3, health: 2 }
  const subject = memberId("a")
  fake.accusations.push({ subject, atMs: 0 as never, accuser: { ...accuser, id: memberId("a") } })
  fake.accusations.push({ subject, atMs: 5 as never, accuser: { ...accuser, id: memberId("gone") } })
  t.match(getMember(fake.view, { name: "a" }), {
    accusations: [
      { time: "2026-03-01T11:00:00.000Z", by: "a", path: "direct", rttMs: 3, accuserHealth: 2 },
      { time: "2026-03-01T11:00:00.005Z", by: memberId("gone") },
    ],
  })
  t.match(getMember(fake.view, { name: "x" }), { code: "NOT_FOUND", details: { name: "x" } })
  t.equal(nameOf(fake.view, memberId("a")), "a")
  t.end()
})
