import { inWords } from "conclave/api/in-words"
import { KEYRING_OPS } from "conclave/api/keyring-schema"
import { route } from "conclave/api/route"
import { test } from "tap"

const { input } = KEYRING_OPS.keyring
const KEY = `${"A".repeat(42)}A=`

test("a key and a fingerprint have one form each, and what is neither is not said again", (t) => {
  t.same(input.parse({}), { verb: "list" })
  t.same(input.parse({ verb: "install", key: KEY }), { verb: "install", key: KEY })
  t.ok(input.safeParse({ verb: "use", fingerprint: "0123456789abcdef" }).success)
  const slip = `${"S".repeat(43)}`
  for (const wrong of [{ key: slip }, { fingerprint: slip }, { fingerprint: KEY }, { key: `${KEY} ${KEY}` }]) {
    const { error } = input.safeParse(wrong, { error: inWords })
    t.ok(error)
    t.notMatch(JSON.stringify(error), /SSSS|AAAA/)
  }
  t.end()
})

test("a GET lists, whatever else it says", (t) => {
  const query = new URLSearchParams("verb=rotate")
  t.same(route("GET", "/v1/keyring", query), { op: "keyring", input: { verb: "list" } })
  t.equal(route("GET", "/v1/keyring/rotate", query), undefined)
  t.equal(route("POST", "/v1/keyring", query), undefined)
  t.same(route("POST", "/v1/keyring/use", query), { op: "keyring", input: { verb: "use" } })
  t.equal(route("POST", "/v1/keyring/forget", query), undefined, "a verb that is none is an unknown path")
  t.end()
})
