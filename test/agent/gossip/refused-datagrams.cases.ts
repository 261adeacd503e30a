import { RefusedDatagrams } from "conclave/gossip/refused-datagrams"
import { test } from "tap"

function refusing(): { readonly lines: string[]; readonly refused: RefusedDatagrams } {
  const lines: string[] = []
  const write = (level: string, event: string, message: string): void => void lines.push(`${level} ${event} ${message}`)
  return { lines, refused: new RefusedDatagrams({ write }) }
}

test("a mistake in a configuration is named once a minute for each kind, other garbage never", async (t) => {
  const { lines, refused } = refusing()
  refused.refused("10.0.0.1:1", "damaged", 0)
  refused.refused("10.0.0.1:1", "label", 0)
  refused.refused("10.0.0.2:1", "label", 59_999)
  t.equal(lines.length, 1)
  t.match(lines[0], /^warn gossip\.other-cluster 10\.0\.0\.1:1 sends gossip of another cluster/)
  refused.refused("10.0.0.2:1", "label", 60_000)
  t.equal(lines.length, 2)
  for (let packet = 0; packet < 1000; packet++) refused.refused("10.0.0.3:1", "sealed", 60_001)
  refused.refused("10.0.0.4:1", "unsealed", 60_002)
  refused.refused("10.0.0.5:1", "forged", 60_003)
  t.match(lines.slice(2), [
    /gossip\.other-key 10\.0\.0\.3:1 seals .* a key that this agent does not have; compare the files/,
    /gossip\.unsealed 10\.0\.0\.4:1 sends gossip that is not sealed.*; give that host the key file/,
    /gossip\.forged 10\.0\.0\.5:1 /,
  ])
})

test("each reason is counted, and there from the start", async (t) => {
  const { refused } = refusing()
  t.equal(refused.counts.replayed, 0)
  for (const problem of ["replayed", "forged", "replayed"] as const) refused.refused("10.0.0.1:1", problem, 0)
  t.match(refused.counts, { replayed: 2, forged: 1, truncated: 0 })
})

test("a mistake stands in the warnings until it has not been seen for a minute", async (t) => {
  const { refused } = refusing()
  refused.refused("10.0.0.1:1", "replayed", 0)
  t.same(refused.warnings(0), [])
  refused.refused("10.0.0.1:1", "sealed", 0)
  refused.refused("10.0.0.2:1", "sealed", 50_000)
  t.match(refused.warnings(109_999), [{ code: "gossip-other-key", message: /^10\.0\.0\.2:1 seals/, hint: /^compare/ }])
  t.same(refused.warnings(110_000), [])
})
