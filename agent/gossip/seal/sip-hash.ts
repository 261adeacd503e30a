/** A key of SipHash: its state v0 to v3 before the first word, each as low and high half. */
export type SipKey = Int32Array

/** "somepseudorandomlygeneratedbytes", as the paper begins with. */
const START = [0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462]
const WORD_ROUNDS = 2
const LAST_ROUNDS = 4

/** `bytes` are 16. */
export function sipKey(bytes: Uint8Array): SipKey {
  const key = Int32Array.from(START)
  for (let half = 0; half < 8; half++) key[half] = (key[half] as number) ^ readHalf(bytes, (half & 3) * 4, 16)
  return key
}

/**
 * The low 48 bits of SipHash-2-4 (Aumasson and Bernstein 2012) over the first `length` bytes: who lacks the key cannot
 * make it, and it costs a tenth of opening what it stands before. 64-bit words are pairs of halves, since numbers are
 * exact to 53 bits and BigInt is slow.
 */
export function sipHash(key: SipKey, bytes: Uint8Array, length: number): number {
  let v0l = key[0] as number
  let v0h = key[1] as number
  let v1l = key[2] as number
  let v1h = key[3] as number
  let v2l = key[4] as number
  let v2h = key[5] as number
  let v3l = key[6] as number
  let v3h = key[7] as number
  const wordRounds = ((length >>> 3) + 1) * WORD_ROUNDS
  let low = 0
  let high = 0
  let rest = 0
  for (let round = 0; round < wordRounds + LAST_ROUNDS; round++) {
    const isOfWord = round < wordRounds
    if (isOfWord && (round & 1) === 0) {
      low = readHalf(bytes, round * 4, length)
      high = readHalf(bytes, round * 4 + 4, length)
      // The last word ends with the length.
      if (round === wordRounds - WORD_ROUNDS) high |= length << 24
      v3l ^= low
      v3h ^= high
    } else if (round === wordRounds) v2l ^= 0xff
    rest = (v0l + v1l) | 0
    v0h = (v0h + v1h + carry(v0l, v1l, rest)) | 0
    v0l = rest
    rest = v1l
    v1l = ((v1l << 13) | (v1h >>> 19)) ^ v0l
    v1h = ((v1h << 13) | (rest >>> 19)) ^ v0h
    rest = v0l
    v0l = v0h
    v0h = rest
    rest = (v2l + v3l) | 0
    v2h = (v2h + v3h + carry(v2l, v3l, rest)) | 0
    v2l = rest
    rest = v3l
    v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l
    v3h = ((v3h << 16) | (rest >>> 16)) ^ v2h
    rest = (v0l + v3l) | 0
    v0h = (v0h + v3h + carry(v0l, v3l, rest)) | 0
    v0l = rest
    rest = v3l
    v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l
    v3h = ((v3h << 21) | (rest >>> 11)) ^ v0h
    rest = (v2l + v1l) | 0
    v2h = (v2h + v1h + carry(v2l, v1l, rest)) | 0
    v2l = rest
    rest = v1l
    v1l = ((v1l << 17) | (v1h >>> 15)) ^ v2l
    v1h = ((v1h << 17) | (rest >>> 15)) ^ v2h
    rest = v2l
    v2l = v2h
    v2h = rest
    if (isOfWord && (round & 1) === 1) {
      v0l ^= low
      v0h ^= high
    }
  }
  return ((v0l ^ v1l ^ v2l ^ v3l) >>> 0) + ((v0h ^ v1h ^ v2h ^ v3h) & 0xffff) * 2 ** 32
}

/** Four bytes, little endian; those at `end` and beyond count as 0. */
function readHalf(bytes: Uint8Array, at: number, end: number): number {
  let half = 0
  for (let index = 0; index < 4 && at + index < end; index++) half |= (bytes[at + index] as number) << (8 * index)
  return half
}

/** 1 where the sum of two halves did not fit. */
function carry(a: number, b: number, sum: number): number {
  return ((a & b) | ((a | b) & ~sum)) >>> 31
}
