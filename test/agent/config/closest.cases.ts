import { closest } from "conclave/config/closest"
import { test } from "tap"

test("a slip is recognised, another word is not", (t) => {
  const known = ["name", "cluster", "gossip.probeInterval", "logLevel"]
  t.equal(closest("nmae", known), "name", "swapped neighbours are one slip")
  t.equal(closest("mnea", known), undefined, "two slips in four letters are too many")
  t.equal(closest("nam", known), "name")
  t.equal(closest("loglevel", known), "logLevel")
  t.equal(closest("gossip.probeIntervall", known), "gossip.probeInterval")
  t.equal(closest("voter", known), undefined)
  t.end()
})
