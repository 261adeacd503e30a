import type { Accuser, Update } from "./types.ts"

/** Tag and length of an update within a packet, and tag and length of its content within it. */
const WRAPPING_BYTES = 6
/** Tag, length and the 16 bytes of a member id. */
const ID_BYTES = 18
/** Tag and length of an accuser, its id, path and health. */
const ACCUSER_BYTES = 2 + ID_BYTES + 2 + 2
/** Of these an accuser may lack health and round trip, as zeros are left out, and the update has short lengths. */
const ACCUSER_BYTES_MIN = ACCUSER_BYTES - 2
const WRAPPING_BYTES_MIN = 4
/** No update counts less, so that no packet takes more than 64 of them. */
const UPDATE_BYTES_MIN = 22

/** An upper bound of the encoded size of an update within a packet, in bytes; costs no encoding. */
export function updateBytesMax(update: Update): number {
  switch (update.kind) {
    case "alive":
      return update.record.bytes.length + WRAPPING_BYTES
    case "opaque":
      return Math.max(UPDATE_BYTES_MIN, update.bytes.length + WRAPPING_BYTES + fieldBytes(update.hops))
    case "suspect":
      return standingBytes(update.generation, update.incarnation) + accusersBytes(update.accusers)
    case "dead":
    case "left":
      return (
        standingBytes(update.generation, update.incarnation) +
        accusersBytes(update.accusers) +
        fieldBytes(update.ageMs) +
        2
      )
  }
}

/** A lower bound of the same for an update as it was received, whoever encoded it. */
export function updateBytesMin(update: Update): number {
  switch (update.kind) {
    case "alive":
      return update.record.bytes.length + WRAPPING_BYTES_MIN
    case "opaque":
      return update.bytes.length + WRAPPING_BYTES_MIN
    case "suspect":
    case "dead":
    case "left":
      return WRAPPING_BYTES_MIN + ID_BYTES + fieldBytes(update.generation) + update.accusers.length * ACCUSER_BYTES_MIN
  }
}

function standingBytes(generation: number, incarnation: number): number {
  return WRAPPING_BYTES + ID_BYTES + fieldBytes(generation) + fieldBytes(incarnation)
}

function accusersBytes(accusers: readonly Accuser[]): number {
  let bytes = 0
  for (const accuser of accusers) bytes += ACCUSER_BYTES + fieldBytes(accuser.rttMs * 1000 + 1)
  return bytes
}

/** A tag and a varint: one byte for each seven bits, ten at most. */
function fieldBytes(value: number): number {
  let bytes = 2
  for (let rest = value; rest >= 128 && bytes < 11; rest /= 128) bytes++
  return bytes
}
