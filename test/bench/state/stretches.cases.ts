import { Stretches } from "@conclave/bench/state/stretches"
import { test } from "tap"

function workFor(ms: number): void {
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs);
}

test("the longest stretch counts, whatever others do before it", async (t) => {
  const stretches = new Stretches()
  stretches.now(() => workFor(1))
  await new Promise<void>((resolve) =>
    stretches.later(() => {
      workFor(8)
      resolve()
    }),
  )
  const longestMs = await new Promise<number>((resolve) => stretches.over(resolve))
  t.ok(longestMs >= 8, `${longestMs} ms`)
})
