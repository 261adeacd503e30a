/** Fewer letters begin too many words. */
const BEGINNING_MIN = 4

/**
 * What was probably meant by `word`: at most a third of it is typed wrong, else it is the beginning of what was meant;
 * undefined when it is neither.
 */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let begun: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    if (word.length >= BEGINNING_MIN && candidate.toLowerCase().startsWith(word.toLowerCase())) begun ??= candidate
    // So many letters are too many, or missing: of a very long word nothing else need be known.
    if (Math.abs(word.length - candidate.length) >= bestDistance) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best ?? begun
}

/** Insertions, deletions, substitutions and swapped neighbours (Damerau 1964), with three rows kept. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : replaced
      row.push(Math.min(replaced, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
