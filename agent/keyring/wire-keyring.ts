import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { Secret } from "../secret.ts"
import { readCall } from "../streams/call-reader.ts"
import { FINGERPRINT, KEY_BYTES, type Order, type RingKey, type Told } from "./ring.ts"

/** Words by their numbers on the wire; never reused. */
const ORDERS: Readonly<Record<Order["kind"], number>> = { show: 1, install: 2, use: 3, remove: 4, give: 5 }
const NO_KEY = new Uint8Array(0)

export function encodeOrder(order: Order): Uint8Array {
  const what = ORDERS[order.kind]
  const serial = "serial" in order ? order.serial : 0
  const fingerprint = "fingerprint" in order ? order.fingerprint : ""
  const key = order.kind === "install" ? order.secret.reveal() : NO_KEY
  return calls.KeyOrder.encode({ what, serial, fingerprint, key }, new protobuf.Writer()).finish()
}

/** undefined for what is no order that this program knows. Total, as all that reads here. */
export function decodeOrder(bytes: Uint8Array): Order | undefined {
  return readCall(bytes, calls.KeyOrder, ({ what, serial, fingerprint, key }) => {
    if (what === ORDERS.show) return { kind: "show" }
    if (what === ORDERS.install) {
      return key?.length === KEY_BYTES ? { kind: "install", secret: new Secret(key), serial: serial ?? 0 } : undefined
    }
    return fingerprint && FINGERPRINT.test(fingerprint) ? about(what, fingerprint, serial ?? 0) : undefined
  })
}

function about(what: number | null | undefined, fingerprint: string, serial: number): Order | undefined {
  if (what === ORDERS.use) return { kind: "use", fingerprint, serial }
  if (what === ORDERS.remove) return { kind: "remove", fingerprint }
  return what === ORDERS.give ? { kind: "give", fingerprint } : undefined
}

export function encodeKeysTold({ ring, refusal = "", secret }: Told): Uint8Array {
  const wire = { keys: [...ring], refusal, key: secret?.reveal() ?? NO_KEY }
  return calls.KeysTold.encode(wire, new protobuf.Writer()).finish()
}

export function decodeKeysTold(bytes: Uint8Array): Told | undefined {
  return readCall(bytes, calls.KeysTold, ({ keys, refusal, key }) => ({
    ring: (keys ?? []).map(readRingKey),
    refusal: refusal || undefined,
    secret: key?.length === KEY_BYTES ? new Secret(key) : undefined,
  }))
}

function readRingKey({ fingerprint, serial }: calls.RingKey.$Properties): RingKey {
  if (!FINGERPRINT.test(fingerprint ?? "")) throw new RangeError("a fingerprint has 16 hexadecimal digits")
  return { fingerprint: fingerprint ?? "", serial: serial ?? 0 }
}
