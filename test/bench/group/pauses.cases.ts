import { longestPauseMs } from "@conclave/bench/group/pauses"
import { test } from "tap"

function ack(doneMs: number) {
  return { sentNs: "0", doneNs: String(doneMs * 1_000_000) }
}

test("the longest pause is the one in which no writer had an acknowledgement", async (t) => {
  t.equal(longestPauseMs([ack(90), ack(110), ack(400), ack(130), ack(405)], 100_000_000n), 270)
  t.equal(longestPauseMs([ack(95), ack(180)], 100_000_000n), 80, "counted from the fault")
})

test("without an acknowledgement there is no pause, but no end", async (t) => {
  t.equal(longestPauseMs([ack(99)], 100_000_000n), null)
})
