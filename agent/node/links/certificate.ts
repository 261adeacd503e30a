import { createPublicKey, type KeyObject, sign } from "node:crypto"
import { type NodeId, nodeIdBytes } from "@conclave/base"

const INTEGER = 0x02
const BIT_STRING = 0x03
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const SET = 0x31
const VERSION = 0xa0
const V3 = der(VERSION, der(INTEGER, [2]))
/** RFC 8410 §3: 1.3.101.112, without parameters. */
const ED25519 = der(SEQUENCE, [0x06, 3, 0x2b, 0x65, 0x70])
/** 2.5.4.3 */
const COMMON_NAME = [0x06, 3, 0x55, 0x04, 0x03]

/**
 * The certificate of a member in PEM, made and signed by itself (RFC 5280 §4.1): TLS asks for one, and all that counts
 * of it is the key. Its dates span all times, since no clock of this fleet decides who is who.
 */
export function selfSigned(id: NodeId, privateKey: KeyObject): string {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, ascii(id)))))
  const always = der(SEQUENCE, der(UTC_TIME, ascii("700101000000Z")), der(GENERALIZED_TIME, ascii("99991231235959Z")))
  // A serial number is positive and has 20 bytes at most.
  const serial = der(INTEGER, [1], nodeIdBytes(id))
  const key = createPublicKey(privateKey).export({ type: "spki", format: "der" })
  const content = der(SEQUENCE, V3, serial, ED25519, name, always, name, key)
  const signature = der(BIT_STRING, [0], sign(null, content, privateKey))
  const lines =
    der(SEQUENCE, content, ED25519, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`
}

/** One value in DER (X.690 §8.1, §10.1). */
function der(tag: number, ...parts: readonly ArrayLike<number>[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...long), content])
}

function ascii(text: string): Buffer {
  return Buffer.from(text, "latin1")
}
