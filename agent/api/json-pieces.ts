/** Up to so many items an answer is written in one go. */
const ITEMS_AT_ONCE = 64

/**
 * The JSON of an answer in pieces, where it has a list that is long: each item is one. Of a hundred thousand the whole
 * would stop the agent for most of a second; so whoever writes it out rests in between, or stops where it is too long.
 */
export function* jsonPieces(answer: object): IterableIterator<string> {
  const { items } = answer as { readonly items?: unknown }
  if (!Array.isArray(items) || items.length <= ITEMS_AT_ONCE) {
    yield JSON.stringify(answer)
    return
  }
  let before = "{"
  for (const [key, value] of Object.entries(answer)) {
    if (value === undefined) continue
    yield `${before}${JSON.stringify(key)}:`
    before = ","
    if (key === "items") yield* listPieces(items)
    else yield JSON.stringify(value)
  }
  yield "}"
}

function* listPieces(items: readonly unknown[]): IterableIterator<string> {
  let before = "["
  for (const item of items) {
    yield `${before}${JSON.stringify(item)}`
    before = ","
  }
  yield "]"
}
