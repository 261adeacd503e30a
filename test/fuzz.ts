import { Random } from "@conclave/base"

/** What each decoder is given in the gate. */
export const FUZZ_INPUTS: number = Number(process.env["CONCLAVE_FUZZ_INPUTS"] ?? 1_000_000)
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
}

/**
 * How many of so many damaged inputs were understood. Fixed seeds: the gate does the same each time. Stack traces are
 * off meanwhile: most inputs throw within.
 */
export function understoodOf(seed: number, { corpus, decode }: Fuzz): number {
  const random = new Random(seed)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  let understood = 0
  for (let input = 0; input < FUZZ_INPUTS; input++) {
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
