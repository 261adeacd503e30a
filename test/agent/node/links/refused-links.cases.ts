import { RefusedLinks } from "conclave/node/links/refused-links"
import { test } from "tap"

test("each reason is said once a minute, with how often it was not said", (t) => {
  let nowMs = 0
  const said: [string, unknown][] = []
  const log = {
    write: (_level: string, event: string, message: string, fields?: object): void => {
      t.equal(event, "link.refused")
      said.push([message, fields])
    },
  }
  const refused = new RefusedLinks(log, () => nowMs)
  for (const port of [1, 2, 3]) refused.refused("unproven", `10.0.0.9:${port}`)
  refused.refused("open", "10.0.0.8:1")
  nowMs = 60_000
  refused.refused("unproven", "10.0.0.7:1")
  t.match(said, [
    [/^a stream of 10\.0\.0\.9:1 was refused: it does not have the join secret/, { unsaid: 0, reason: "unproven" }],
    [/^a stream of 10\.0\.0\.8:1 was refused: it speaks without TLS/, { unsaid: 0 }],
    [/^a stream of 10\.0\.0\.7:1 /, { unsaid: 2, source: "10.0.0.7:1" }],
  ])
  t.equal(said.length, 3)
  t.end()
})

test("what happens in every fleet is counted and not said", (t) => {
  const refused = new RefusedLinks({ write: () => t.fail("it was said") }, () => 0)
  for (const reason of ["garbage", "otherMember", "unfinished"] as const) refused.refused(reason, "10.0.0.9:1")
  t.pass("nothing was")
  t.end()
})
