/**
 * C0 and C1 controls, DEL, line separators and marks that reorder text: what a hostile tag could use to forge rows or
 * to drive a terminal (the latter is what U+202A–202E and U+2066–2069 are for; Unicode TR36 §2.3).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** Text of another host as it may be shown: control characters are written as escapes. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped)
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  const digits = code.toString(16)
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`
}
