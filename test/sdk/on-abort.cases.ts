import { onAbort } from "@conclave/sdk/on-abort"
import { test } from "tap"

test("everybody who still waits is told once", (t) => {
  const stop = new AbortController()
  const told: string[] = []
  const forget = onAbort(stop.signal, () => told.push("a"))
  const act = (): void => void told.push("b")
  onAbort(stop.signal, act)
  onAbort(stop.signal, act)
  forget()
  stop.abort()
  t.same(told, ["b", "b"])
  onAbort(stop.signal, act)()
  onAbort(undefined, act)()
  t.same(told, ["b", "b"], "a signal that has aborted calls nothing")
  t.end()
})
