import { openSecrets } from "conclave/node/secrets"
import { test } from "tap"

test("ids and secrets are random base32, the hash is SHA-256", (t) => {
  const secrets = openSecrets()
  const [one, two] = [secrets.session(), secrets.session()]
  t.match(one.id, /^[a-z2-7]{26}$/)
  t.match(one.secret, /^[a-z2-7]{52}$/)
  t.not(one.id, two.id)
  t.not(one.secret, two.secret)
  t.equal(Buffer.from(secrets.hash("abc")).toString("hex").slice(0, 16), "ba7816bf8f01cfea", "FIPS 180-4, appendix")
  t.end()
})
