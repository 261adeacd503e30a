import { holdKey, nameKey } from "@conclave/consensus/machine/keys"
import { test } from "tap"
import { sessionId } from "./stage.ts"

test("a key says all that tells one name or hold from another, whoever was asked for before", (t) => {
  const [one, two] = [sessionId(1), sessionId(2)]
  const names = [nameKey("lock", "a/b"), nameKey("election", "a/b"), nameKey("election", "a"), nameKey("lock", "a/b")]
  t.same(names, ["lock/a/b", "election/a/b", "election/a", "lock/a/b"])
  const holds = [holdKey(one, 1), holdKey(two, 1), holdKey(two, 2), holdKey(one, 1)]
  t.same(holds, [`${one}/1`, `${two}/1`, `${two}/2`, `${one}/1`])
  t.end()
})
