/**
 * A key where something else is wanted, mostly the path of a file with it: it must not be shown again, since a log has
 * more readers than a command line. What cannot be told from a path, as a join secret of words, is taken for one.
 */

const WORDS = /[^\s"']+/g
/** 16 bytes and more. */
const HEX = /^[0-9a-f]{32,}$/i
/** Base64 (RFC 4648 §4, or §5 as in addresses) of 16 bytes and more: no path ends so. */
const PADDED = /^[\w+/-]{21,}={1,2}$/
/** 32 bytes without padding: the last letter has four bits. Few paths are as long, with all three kinds of letters. */
const BARE = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/-]{42}[AEIMQUYcgkosw048]$/

/** Also a key among others, or with its serial: a whole file is given where a shell was to give its name. */
export function looksLikeKey(text: string): boolean {
  return (text.match(WORDS) ?? []).some(isKey)
}

/** What somebody typed, as an error may show it. */
export function shownInput(text: string): string {
  return JSON.stringify(text.replaceAll(WORDS, (word) => (isKey(word) ? `[key of ${word.length} characters]` : word)))
}

function isKey(word: string): boolean {
  return HEX.test(word) || PADDED.test(word) || BARE.test(word)
}
