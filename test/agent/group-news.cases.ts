import type { Alarm, ClusterId, ReplicaId, Term } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { GroupNews } from "conclave/group-news"
import type { SeatBook } from "conclave/seat-book"
import { test } from "tap"
import { fakeMember } from "./fake-view.ts"

function stage() {
  const logged: string[] = []
  const seen: { stranger: Member | undefined } = { stranger: undefined }
  const book = { ownerOf: () => fakeMember("n2"), stranger: () => seen.stranger } as unknown as SeatBook
  const news = new GroupNews({ write: (_level, event, message) => void logged.push(`${event}: ${message}`) }, book)
  return { logged, seen, news }
}

test("a leader is told of once, by its name, and so is that there is none any more", (t) => {
  const { logged, news } = stage()
  const raft = { leader: "r2" as ReplicaId, term: 3 as Term }
  news.ledBy(raft)
  news.ledBy({ ...raft, term: 4 as Term })
  news.ledBy({ leader: undefined, term: 5 as Term })
  t.same(logged, ["raft.leader: n2 leads in term 3", "raft.no-leader: nobody leads in term 5"])
  t.end()
})

test("alarms of the planner and a member of another cluster are warnings for as long as they last", (t) => {
  const { logged, seen, news } = stage()
  const own = "c1" as ClusterId
  const alarm: Alarm = { kind: "even-voters", text: "two vote" }
  news.alarmed([alarm])
  seen.stranger = fakeMember("x")
  news.belongsTo(own)
  news.belongsTo(own)
  t.equal(logged.length, 1, "said once")
  t.same(
    news.warnings(own).map(({ code }) => code),
    ["even-voters", "other-cluster"],
  )
  news.alarmed([])
  seen.stranger = undefined
  news.belongsTo(own)
  t.same(news.warnings(own), [])
  t.end()
})
