import { notEncrypted, stillInTheClear, tooEarly } from "conclave/node/encryption"
import { test } from "tap"

test("what is not encrypted is one warning with the next step, and none where all is", (t) => {
  const said = (...how: Parameters<typeof notEncrypted>): unknown => {
    const [first, ...more] = notEncrypted(...how)
    t.same(more, [])
    return first && [first.code, first.message, first.hint]
  }
  const code = "not-encrypted"
  const until = "until then keep the port inside a trusted network"
  t.equal(said("require", "require"), undefined)
  t.same(said("open", "open"), [
    code,
    "traffic between agents is not encrypted",
    `give every host the same gossipKeyFile and joinKeyFile; ${until}`,
  ])
  t.same(said("open", "require"), [code, "gossip is not encrypted", `give every host the same gossipKeyFile; ${until}`])
  t.same(said("require", "open"), [
    code,
    "streams between agents are not encrypted",
    `give every host the same joinKeyFile; ${until}`,
  ])
  t.same(said("accept", "accept"), [
    code,
    "gossip is sent in the clear, and taken so, streams between agents are sent in the clear, and taken so",
    "set gossip.seal to send when every host has the keys",
  ])
  t.same(said("send", "send"), [
    code,
    "gossip is taken in the clear, too, streams between agents are taken in the clear, too",
    "set gossip.seal to require when every host sends",
  ])
  t.end()
})

test("hosts that do not seal yet are named, the first five of them", (t) => {
  t.same(stillInTheClear([]), [])
  const said = (...names: readonly string[]): string | undefined => stillInTheClear(names)[0]?.message
  t.equal(said("b", "a"), "gossip came in the clear in the last minute from a, b")
  t.match(said("g", "f", "e", "d", "c", "b", "a"), /from a, b, c, d, e and 2 more$/)
  t.end()
})

test("the last step is not taken from the first while others are heard in the clear", (t) => {
  t.equal(
    tooEarly("accept", "require", ["b", "a"]),
    "a, b would be heard no more, and this agent by none of them; set gossip.seal to send on every host first",
  )
  t.equal(tooEarly("accept", "require", []), undefined, "nobody is lost")
  t.equal(tooEarly("accept", "send", ["a"]), undefined)
  t.equal(
    tooEarly("send", "require", ["a"]),
    undefined,
    "whoever pretends to be a member must not keep it from sealing",
  )
  t.end()
})
