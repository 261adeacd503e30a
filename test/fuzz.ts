import { deepStrictEqual } from "node:assert/strict"
import { Random } from "@conclave/base"
import type { Test } from "tap"

/** What a decoder is given: `CONCLAVE_FUZZ_INPUTS` for a long run, else what the gate has time for. */
export function fuzzInputs(inGate: number): number {
  return Number(process.env["CONCLAVE_FUZZ_INPUTS"] ?? inGate)
}

/** Of the decoders that take a few microseconds. */
export const FUZZ_INPUTS: number = fuzzInputs(1_000_000)
const SCRATCH = new Uint8Array(4096)
const VARINTS: readonly (readonly number[])[] = [
  [0],
  [127],
  [255, 255, 255, 255, 7],
  [255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
]

export interface Fuzz {
  readonly corpus: readonly Uint8Array[]
  /** Whether the bytes were understood. Throws when what is promised does not hold. */
  readonly decode: (bytes: Uint8Array) => boolean
  /** Default: a million. */
  readonly inGate?: number
}

/**
 * How many of so many damaged inputs were understood. Fixed seeds: the gate does the same each time. Stack traces are
 * off meanwhile: most inputs throw within.
 */
export function understoodOf(seed: number, { corpus, decode, inGate = 1_000_000 }: Fuzz): number {
  const random = new Random(seed)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  let understood = 0
  const inputs = fuzzInputs(inGate)
  for (let input = 0; input < inputs; input++) {
    const bytes = damaged(random, corpus)
    try {
      if (decode(bytes)) understood++
    } catch (cause) {
      throw new Error(`seed ${seed} input ${input}: ${Buffer.from(bytes).toString("hex")}`, { cause })
    }
  }
  Error.stackTraceLimit = limit
  return understood
}

/** Fails also where all inputs were understood, or hardly any: then nothing was tried. */
export function fuzz(t: Test, seed: number, of: Fuzz): void {
  const inputs = fuzzInputs(of.inGate ?? FUZZ_INPUTS)
  const understood = understoodOf(seed, of)
  t.ok(understood > inputs / 1000 && understood < inputs, `${understood} of ${inputs} were understood`)
}

/** What is understood can be said again, and means the same. */
export function again<Value>(
  decode: (bytes: Uint8Array) => Value | undefined,
  encode: (value: Value) => Uint8Array,
): Fuzz["decode"] {
  return (bytes) => {
    const value = decode(bytes)
    if (value !== undefined) deepStrictEqual(decode(encode(value)), value)
    return value !== undefined
  }
}

/** One of these, damaged in one to four ways. */
export function damaged(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  const source = random.pick(corpus)
  SCRATCH.set(source)
  let length = source.length
  for (let left = 1 + random.below(4); left > 0; left--) length = damage(random, length, corpus)
  return SCRATCH.slice(0, length)
}

/** Changes the first `length` bytes of the scratch space; returns how many there are then. */
function damage(random: Random, length: number, corpus: readonly Uint8Array[]): number {
  const place = random.below(length + 1)
  switch (random.below(8)) {
    case 0:
      return place
    case 1:
      for (let each = place; each < Math.min(place + 16, length); each++) SCRATCH[each] = random.below(256)
      return length
    case 2:
      return put(place, random.pick(VARINTS), length)
    case 3: {
      const other = random.pick(corpus)
      return put(place, other.subarray(random.below(other.length + 1)), length)
    }
    case 4:
      SCRATCH.copyWithin(place, random.below(length + 1), length)
      return length
    default:
      SCRATCH[place] = (SCRATCH[place] as number) ^ (1 << random.below(8))
      return length
  }
}

function put(place: number, bytes: ArrayLike<number>, length: number): number {
  const fits = Math.min(bytes.length, SCRATCH.length - place)
  for (let each = 0; each < fits; each++) SCRATCH[place + each] = bytes[each] as number
  return Math.max(length, place + fits)
}
