import { textBytes } from "./limits.ts"

/** Levels of lists and objects in a value: whoever writes it out again needs a stack for them. */
const LEVELS_MAX = 256
const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20]
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const CURLY = 0x20
const [OPENING, CLOSING] = [0x7b, 0x7d]

/**
 * Whether a value is JSON of at most so many bytes that everybody can read, and write out in a line as it stands. Every
 * agent shows it to whoever asks: what one of them could say without being asked must not end the others.
 */
export function isJsonText(text: string, bytesMax: number): boolean {
  if (textBytes(text) > bytesMax || !isFlat(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** In one line, and not nested too deep; looked at without a stack, which is not as deep on every machine. */
function isFlat(text: string): boolean {
  let isQuoted = false
  let level = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < SPACE) return false
    if (isQuoted && code === BACKSLASH) at++
    else if (code === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if ((code | CURLY) === CLOSING) level--
    else if ((code | CURLY) === OPENING && ++level > LEVELS_MAX) return false
  }
  return true
}
