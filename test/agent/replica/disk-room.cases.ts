import { quorumRoomWarnings, roomWarnings, roomWarningsOf } from "conclave/replica/disk-room"
import { test } from "tap"
import { fakeMember } from "../fake-view.ts"

test("a disk with room is no news; a full one says what goes on and what is next", (t) => {
  t.same(roomWarnings("ok"), [])
  for (const room of ["low", "full"] as const)
    t.match(roomWarnings(room), [
      { code: "disk-full", message: /reads, renewals, releases and revokes go on/, hint: /make room/ },
    ])
  t.end()
})

test("of other hosts it says whose disk it is, and of the leader what that means for all", (t) => {
  const [a, b] = [fakeMember("a"), fakeMember("b")]
  t.same(roomWarningsOf([], a), [])
  t.match(roomWarningsOf([a, b], b), [
    { code: "disk-full", message: /log of a is full: while it leads/, hint: /make room on a/ },
    { code: "disk-full", message: /leader b is full: new work is refused/, hint: /make room on b .*raft transfer/ },
  ])
  t.match(roomWarningsOf([b], undefined), [{ message: /while it leads/ }])
  t.same(quorumRoomWarnings(false), [])
  t.match(quorumRoomWarnings(true), [{ code: "quorum-disk-full", message: /new work is refused/, hint: /make room/ }])
  t.end()
})
