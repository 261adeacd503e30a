import { heldBy } from "conclave/cli/hold/hold-lines"
import { test } from "tap"

test("who waits is told who holds it, or why nobody does", (t) => {
  t.equal(heldBy(1, [{ member: "a", app: "web", pid: 7 }]), ", held by a (web, pid 7)")
  t.equal(heldBy(3, [{ member: "a", app: null, pid: null }, { member: "b" }]), ", held by a and 1 more")
  t.match(heldBy(1, []), /^: nobody holds it, but a lock delay is not over, .* a state was restored/)
  t.equal(heldBy(2, []), "", "the first in the queue is in the way")
  t.end()
})
