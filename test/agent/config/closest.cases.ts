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

test("a word that stops too early is taken for the first that begins so, unless it is too short", (t) => {
  const known = ["name", "gossip-key-file", "gossip-key-files", "join-key-file"]
  t.equal(closest("gossip-key", known), "gossip-key-file")
  t.equal(closest("Join-key", known), "join-key-file")
  t.equal(closest("join-kye", known), undefined)
  t.equal(closest("gos", known), undefined)
  t.end()
})

test("of a word as long as a book nothing was meant, and that is known at once", (t) => {
  const book = "logLevel".repeat(100_000)
  t.equal(closest(book, Array(100).fill("logLevel")), undefined)
  t.end()
})
