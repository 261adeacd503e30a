/**
 * A key where something else is wanted, mostly the path of a file with it: it must not be shown again, since a log has
 * more readers than a command line. What cannot be told from a path, as a join secret of words, is taken for one.
 */

const WORDS = /[^\s"']+/g
/** Of a word: a name may be stuck to a key, as in `key=…`, or a comma. */
const PARTS = /[^=:,;|&(){}[\]<>]+={0,2}/g
/** So whoever means a path writes one that looks alike. */
const MEANT_AS_PATH = /(^|\/)\.\//
/** 16 bytes and more. */
const HEX = /^[0-9a-f]{32,}$/i
/** Base64 (RFC 4648 §4, or §5 as in addresses) of 16 bytes and more: no path ends so. */
const PADDED = /^[\w+/-]{21,}={1,2}$/
/** 32 bytes without padding: the last letter has four bits. Few paths are as long, with all three kinds of letters. */
const BARE = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/-]{42}[AEIMQUYcgkosw048]$/

/** Also a key among others, or with its serial: a whole file is given where a shell was to give its name. */
export function looksLikeKey(text: string): boolean {
  return withoutKeys(text) !== text
}

/** A line of a key file that has a key, and something before it or stuck to it. */
export function isStuckToKey(line: string): boolean {
  const [first = ""] = line.split(/\s+/)
  return !isKey(first) && looksLikeKey(line)
}

/** What somebody typed, as an error may show it. */
export function shownInput(text: string): string {
  return JSON.stringify(withoutKeys(text))
}

export function withoutKeys(text: string): string {
  return text.replaceAll(WORDS, (word) =>
    MEANT_AS_PATH.test(word)
      ? word
      : word.replaceAll(PARTS, (part) => (isKey(part) ? `[key of ${part.length} characters]` : part)),
  )
}

function isKey(text: string): boolean {
  return HEX.test(text) || PADDED.test(text) || BARE.test(text)
}
