import { roomWarnings } from "conclave/replica/disk-room"
import { test } from "tap"

test("a disk with room is no news; a full one says what goes on and what is next", (t) => {
  t.same(roomWarnings("ok"), [])
  for (const room of ["low", "full"] as const)
    t.match(roomWarnings(room), [
      { code: "disk-full", message: /reads, renewals and releases go on/, hint: /make room/ },
    ])
  t.end()
})
