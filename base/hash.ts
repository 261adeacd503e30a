/** FNV-1a over bytes with a murmur3 finish: 32 bits, for tables and digests, never for secrets. */
export function hashBytes(bytes: Uint8Array, seed: number = 0x811c9dc5): number {
  let hash = seed >>> 0
  for (let index = 0; index < bytes.length; index++) {
    hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193)
  }
  return finish(hash)
}

/** The same over the UTF-16 units of a string. */
export function hashText(text: string, seed: number = 0x811c9dc5): number {
  let hash = seed >>> 0
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return finish(hash)
}

/** Mixes a number below 2⁵³ into a hash. */
export function hashNumber(value: number, seed: number): number {
  const low = value >>> 0
  const high = Math.floor(value / 4294967296) >>> 0
  return finish(Math.imul(finish(seed ^ low) ^ high, 0x85ebca6b))
}

function finish(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
