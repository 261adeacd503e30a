import type { Socket } from "node:net"

/** The first byte of a TLS record that begins a handshake, and of the message in it (RFC 8446 §5.1, §4). */
const HANDSHAKE = 0x16
const CLIENT_HELLO = 1
const RECORD_HEADER_BYTES = 5
const MESSAGE_HEADER_BYTES = 4
/** An agent's has less than half of it. */
const HELLO_BYTES_MAX = 4096

/** What a connection begins with: not TLS, a whole ClientHello in one record, or a record such as no agent sends. */
export type FirstWord = "clear" | "hello" | "garbage"

/** Calls back once with how the stream begins, if that is ever to be seen; the stream then stands still, unread. */
export function awaitFirstWord(stream: Socket, done: (word: FirstWord) => void): void {
  let held: Buffer = Buffer.alloc(0)
  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const word = firstWord(held)
    if (word === "more") return
    stream.off("data", onData)
    stream.pause()
    stream.unshift(held)
    done(word)
  }
  stream.on("data", onData)
}

function firstWord(bytes: Buffer): FirstWord | "more" {
  if (bytes[0] !== HANDSHAKE) return "clear"
  if (bytes.length < RECORD_HEADER_BYTES + MESSAGE_HEADER_BYTES) return "more"
  const recordBytes = bytes.readUInt16BE(3)
  const helloBytes = MESSAGE_HEADER_BYTES + bytes.readUIntBE(RECORD_HEADER_BYTES + 1, 3)
  const isHello = bytes[RECORD_HEADER_BYTES] === CLIENT_HELLO && helloBytes === recordBytes
  if (!isHello || recordBytes > HELLO_BYTES_MAX) return "garbage"
  return bytes.length < RECORD_HEADER_BYTES + recordBytes ? "more" : "hello"
}
