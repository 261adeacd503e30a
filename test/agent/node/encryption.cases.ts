import { notEncrypted, stillInTheClear, tooEarly } from "conclave/node/encryption"
import { test } from "tap"

test("what is not encrypted is one warning with the next step, and none where all is", (t) => {
  const code = "not-encrypted"
  t.same(notEncrypted("require"), [])
  t.match(notEncrypted("open"), [
    { code, message: /^insecure: .* not encrypted/, hint: /gossipKeyFile and joinKeyFile/ },
  ])
  t.match(notEncrypted("accept"), [{ code, message: /sent in the clear, and taken so/, hint: /gossip.seal to send/ }])
  t.match(notEncrypted("send"), [{ code, message: /taken in the clear, too/, hint: /gossip.seal to require/ }])
  t.end()
})

test("hosts that do not seal yet are named, the first five of them", (t) => {
  t.same(stillInTheClear([], 0), [])
  const said = (...names: readonly string[]): string | undefined => stillInTheClear(names, 0)[0]?.message
  t.equal(said("b", "a"), "gossip came in the clear in the last minute from a, b")
  t.match(said("g", "f", "e", "d", "c", "b", "a"), /from a, b, c, d, e and 2 more$/)
  t.equal(stillInTheClear([], 1)[0]?.message, "1 stream is in the clear")
  t.match(stillInTheClear(["a"], 2)[0]?.message, /from a, and 2 streams are in the clear$/)
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
