import { jittered } from "conclave/streams/jitter"
import { test } from "tap"

test("a pause is never longer than it was, nor shorter than half, and the same for the same agent and turn", (t) => {
  for (let turn = 0; turn < 1000; turn++) {
    const ms = jittered(1000, `agent ${turn}`, turn)
    t.ok(ms >= 500 && ms <= 1000)
    t.equal(jittered(1000, `agent ${turn}`, turn), ms)
  }
  t.end()
})

test("agents that lose a relay in one moment come back spread over the time", (t) => {
  for (const turn of [1, 2, 3]) {
    const tenths = new Array<number>(10).fill(0)
    for (let agent = 0; agent < 10_000; agent++) {
      const tenth = Math.floor((jittered(1000, `ab${agent}cd`, turn) - 500) / 50)
      tenths[tenth] = (tenths[tenth] as number) + 1
    }
    t.ok(Math.max(...tenths) < 1500 && Math.min(...tenths) > 500, tenths.join(" "))
  }
  t.end()
})
