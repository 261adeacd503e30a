import { spawnSync } from "node:child_process"
import { generateKeyPairSync, X509Certificate } from "node:crypto"
import { selfSigned } from "conclave/node/links/certificate"
import { ownerOf } from "conclave/node/links/identity"
import { test } from "tap"
import { A } from "../link-stage.ts"

test("a certificate is signed by its own key, for its member, for all times", (t) => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  const certificate = new X509Certificate(selfSigned(A, privateKey))
  t.ok(certificate.verify(publicKey))
  t.ok(certificate.checkIssued(certificate))
  t.ok(certificate.checkPrivateKey(privateKey))
  t.equal(certificate.subject, `CN=${A}`)
  t.equal(certificate.issuer, `CN=${A}`)
  t.equal(new Date(certificate.validFrom).getTime(), 0)
  t.equal(new Date(certificate.validTo).getUTCFullYear(), 9999)
  t.equal(ownerOf(certificate.publicKey), ownerOf(publicKey))
  t.end()
})

const openssl = spawnSync("openssl", ["version"]).error === undefined

test("another program reads it", { skip: openssl ? false : "there is no openssl here" }, (t) => {
  const pem = selfSigned(A, generateKeyPairSync("ed25519").privateKey)
  const { status, stdout, stderr } = spawnSync("openssl", ["x509", "-noout", "-text"], { input: pem, encoding: "utf8" })
  t.equal(status, 0, stderr)
  for (const line of ["Version: 3 (0x2)", "Signature Algorithm: ED25519", "Not After : Dec 31 23:59:59 9999 GMT"]) {
    t.ok(stdout.includes(line), line)
  }
  t.end()
})

test("only the keys of members have an owner", (t) => {
  t.equal(ownerOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey), undefined)
  t.equal(ownerOf(generateKeyPairSync("x25519").publicKey), undefined)
  t.end()
})
