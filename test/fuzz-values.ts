import type { Random } from "@conclave/base"

type Parent = Record<string | number, unknown>

interface Place {
  readonly parent: Parent
  readonly key: string | number
}

const NUMBERS = [0, 1, 2, 255, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
const TEXTS = ["", "a", "é", "\ud800", "0", "__proto__", "x".repeat(300), "a/b", "127.0.0.1:7951"]
const KEYS = ["__proto__", "toString", "kind", "id", "0"]
/** What a reader of JSON may find in the place of anything else. */
const OTHERS: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e300,
  "",
  [],
  {},
  [null],
  { length: 3 },
  { length: { toString: 1 } },
  "constructor",
]

/** A copy of plain data with one to three of its values replaced by odd ones of the same type, or left out. */
export function damagedValue<Value extends object>(random: Random, value: Value): Value {
  return changed(random, value, ({ parent, key }) => {
    const now = parent[key]
    if (typeof now === "number") parent[key] = random.pick([...NUMBERS, now + 1, Math.max(0, now - 1)])
    else if (typeof now === "string") parent[key] = textLike(random, now, value)
    else if (typeof now === "boolean") parent[key] = !now
    else if (now instanceof Uint8Array) parent[key] = bytesLike(random, now)
    else if (Array.isArray(now)) parent[key] = listLike(random, now)
  })
}

/** As JSON may say it: values of other types as well, and keys that are missing or of no use. */
export function damagedJson<Value extends object>(random: Random, value: Value): unknown {
  return changed(random, damagedValue(random, value), ({ parent, key }) => {
    const odd = structuredClone(random.pick(OTHERS))
    switch (random.below(4)) {
      case 0:
        delete parent[key]
        return
      case 1:
        // Assigned it would not be a key.
        Object.defineProperty(parent, random.pick(KEYS), {
          value: odd,
          enumerable: true,
          writable: true,
          configurable: true,
        })
        return
      case 2:
        parent[key] = odd
    }
  })
}

function changed<Value extends object>(random: Random, value: Value, change: (place: Place) => void): Value {
  const copy = structuredClone(value)
  for (let left = 1 + random.below(3); left > 0; left--) {
    const places = [...placesIn(copy as Parent)]
    if (places.length > 0) change(random.pick(places))
  }
  return copy
}

function* placesIn(parent: Parent): Generator<Place> {
  for (const key of Object.keys(parent)) {
    yield { parent, key }
    const value = parent[key]
    if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) yield* placesIn(value as Parent)
  }
}

/** One that stands elsewhere fits better than most: an id, a name, a word. */
function textLike(random: Random, text: string, whole: object): string {
  const { parent, key } = random.pick([...placesIn(whole as Parent)])
  const other = parent[key]
  if (typeof other === "string" && random.chance(1, 2)) return other
  return random.chance(1, 4) ? `${text}${text.at(-1) ?? "x"}` : random.pick(TEXTS)
}

function bytesLike(random: Random, bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(random.chance(1, 4) ? [...bytes, 1] : bytes)
  if (other.length > 0) other[random.below(other.length)] = random.below(256)
  return random.chance(1, 8) ? other.subarray(1) : other
}

function listLike(random: Random, list: readonly unknown[]): readonly unknown[] {
  const at = random.below(list.length + 1)
  const some = list.slice(at, at + 1)
  return random.pick([[], list.toSpliced(at, 1), list.toSpliced(at, 0, ...some), list.toReversed()])
}
