import { randomBytes } from "node:crypto"
import { isStuckToKey, looksLikeKey, shownInput, withoutKeys } from "conclave/config/key-like"
import { test } from "tap"

/** Every way in which people write down 32 bytes. */
function formsOf(key: Buffer): readonly string[] {
  const base64 = key.toString("base64")
  const url = base64.replaceAll("+", "-").replaceAll("/", "_")
  const hex = key.toString("hex")
  return [base64, url, base64.slice(0, -1), url.slice(0, -1), hex, hex.toUpperCase()]
}

function stuckTo(key: string): readonly string[] {
  return [
    `"${key}"`,
    `key=${key}`,
    `key="${key}"`,
    `gossipKeyFile:${key}`,
    `${key},`,
    `[${key}]`,
    `${key};`,
    `key ${key}`,
  ]
}

test("a key is told from a path, however it is written", (t) => {
  let slashes = 0
  for (let each = 0; each < 200; each++) {
    const key = randomBytes(32)
    // By chance one in a thousand has no digit, or another kind is missing.
    if (!/\d/.test(key.toString("base64"))) continue
    for (const form of formsOf(key)) {
      if (form.includes("/")) slashes++
      for (const text of [form, `${form} 7`, `# of all\n${form}\n`, ...stuckTo(form)]) t.ok(looksLikeKey(text), text)
      for (const text of stuckTo(form)) t.ok(isStuckToKey(text) && !withoutKeys(text).includes(form), text)
      t.notOk(isStuckToKey(form))
    }
  }
  t.ok(slashes > 0, "some have what parts a path")
  for (const bytes of [16, 20, 64]) {
    t.ok(looksLikeKey(randomBytes(bytes).toString("base64")), "a join secret has any length")
    t.ok(looksLikeKey(randomBytes(bytes).toString("hex")))
  }
  t.end()
})

test("a path is none", (t) => {
  const paths = [
    "gossip.key",
    "keys/gossip.key",
    "/var/lib/conclave-keys/gossip.key",
    "/run/credentials/conclave.service/gossip.key",
    "/var/lib/conclave-keys/production/fleet-00w",
    "/etc/conclave/0123456789abcdef0123456789abcdef/gossip.key",
    "/var/lib/keys=all/fleet:1/gossip.key",
    "/home/Some Body/Conclave 2/gossip key",
    "./0123456789abcdef0123456789abcdef",
  ]
  for (const path of paths) t.notOk(looksLikeKey(path), path)
  t.end()
})

test("a path that looks like a key, relative or absolute, is taken for one in another spelling", (t) => {
  const [hash, path, rooted] = [
    "0123456789abcdef0123456789abcdef",
    "var/lib/Conclave/secrets7/production/gossiA",
    "/var/lib/Conclave/secrets7/production/gossA",
  ]
  for (const text of [hash, path, rooted]) t.ok(looksLikeKey(text), text)
  for (const text of [`./${hash}`, `./${path}`, `/.${rooted}`, `./key=${hash}`]) t.notOk(looksLikeKey(text), text)
  t.end()
})

test("of a key no more is shown than how long it is", (t) => {
  t.equal(shownInput(randomBytes(32).toString("base64")), '"[key of 44 characters]"')
  t.equal(shownInput(`keyring ${randomBytes(16).toString("hex")}`), '"keyring [key of 32 characters]"')
  t.equal(shownInput(`key=${randomBytes(32).toString("base64")}`), '"key=[key of 44 characters]"')
  t.equal(shownInput('a "word"'), JSON.stringify('a "word"'))
  t.end()
})
