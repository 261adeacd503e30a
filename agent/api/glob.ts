/**
 * `*` stands for anything, also for dots and slashes. In linear space and without backtracking further than the last
 * star.
 */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0
  let star = -1
  let starAt = 0
  for (let next = 0; at < text.length; ) {
    if (glob[next] === "*") {
      star = next++
      starAt = at
    } else if (next < glob.length && glob[next] === text[at]) {
      next++
      at++
    } else if (star >= 0) {
      next = star + 1
      at = ++starAt
    } else return false
    if (at === text.length) return /^\**$/.test(glob.slice(next))
  }
  return /^\**$/.test(glob)
}
