/**
 * The frame of a sealed datagram: 0 magic and version, 1 key id, 2–3 label tag, as of every datagram; then 4–9 counter,
 * 10–25 sender, 26–33 boot, 34–39 check; then the sealed body, the last 16 bytes of which are the tag.
 *
 * The frame is not that of memberlist, whose random nonces under one key wear that key out and whose key is tried on
 * every packet. Each boot of each sender has a key of its own, so its counter is a nonce that nobody else uses. The
 * check, SipHash under another key, is looked at before anything is deciphered: to refuse a forged datagram costs a
 * fiftieth of what a failing decryption would.
 */
export const SEALED_HEADER_BYTES = 40
export const SEALED_TAG_BYTES = 16
export const SENDER_AT = 10
export const BOOT_BYTES = 8
/** What the check is made of. */
export const CHECK_AT = 34
const COUNTER_AT = 4
const BOOT_AT = SENDER_AT + 16

export interface SealedFrom {
  /** 16 bytes. */
  readonly sender: Uint8Array
  /** `BOOT_BYTES`, drawn anew at each start of a process, and now and then while it runs. */
  readonly boot: Uint8Array
}

/** Everything of the header but its first four bytes and the check. */
export function writeFrom(packet: Uint8Array, { sender, boot }: SealedFrom, counter: number): void {
  put48(packet, COUNTER_AT, counter)
  packet.set(sender, SENDER_AT)
  packet.set(boot, BOOT_AT)
}

export function counterOf(packet: Uint8Array): number {
  return get48(packet, COUNTER_AT)
}

/** Sender and boot, as they salt the key of this boot. */
export function saltOf(packet: Uint8Array): Uint8Array {
  return packet.subarray(SENDER_AT, CHECK_AT)
}

export function writeCheck(packet: Uint8Array, check: number): void {
  put48(packet, CHECK_AT, check)
}

export function checkOf(packet: Uint8Array): number {
  return get48(packet, CHECK_AT)
}

function put48(bytes: Uint8Array, at: number, value: number): void {
  const high = Math.floor(value / 2 ** 32)
  bytes[at] = high >>> 8
  bytes[at + 1] = high
  bytes[at + 2] = value >>> 24
  bytes[at + 3] = value >>> 16
  bytes[at + 4] = value >>> 8
  bytes[at + 5] = value
}

function get48(bytes: Uint8Array, at: number): number {
  const byte = (index: number): number => bytes[at + index] as number
  const low = ((byte(2) << 24) | (byte(3) << 16) | (byte(4) << 8) | byte(5)) >>> 0
  return ((byte(0) << 8) | byte(1)) * 2 ** 32 + low
}
