import type { EndLine, InvokeLine } from "./lines.ts"
import type { Replay } from "./replay.ts"
import { scopeOf } from "./timeline.ts"
import { isBlank, parting, toldText } from "./told-text.ts"

/** What clocks of hosts may go wrong, and what of a millisecond is lost where whole ones are told. */
const CLOCK_SHARE = 1.01
const ROUNDED_US = 1000

/** What an answer to a read shows that was not there at its revision, or does not show. */
export function misread({ f, key, a }: InvokeLine, { k, e, rev, r }: EndLine, replay: Replay): string | undefined {
  if (rev === undefined) return undefined
  if (a.seen !== undefined && rev < a.seen) return `revision ${rev} to one who had been told of ${a.seen}`
  if (k === "fail") return f === "kv.get" && e === "NOT_FOUND" ? missed(key, rev, replay) : undefined
  if (f === "kv.get" && r?.things === undefined) return entry(key, rev, r, replay)
  if (f === "work.items" && r?.items !== undefined) {
    const pool = `items/${key.slice("work/".length)}`
    const things = r.items.map((item) => ({ key: `${pool}/${item.item}`, item }))
    return otherwise(`${pool}/*`, rev, things, replay)
  }
  return r?.things === undefined ? undefined : otherwise(key, rev, r.things, replay)
}

/**
 * What a stale answer says of its own age: the first that it lacks was known to nobody before that, give or take
 * `slackUs`.
 */
export function misdated(
  { t, a }: InvokeLine,
  { rev = 0, r }: EndLine,
  replay: Replay,
  slackUs: number,
): string | undefined {
  if (a.stale !== true || r?.ageMs === undefined) return undefined
  const asOfUs = t - r.ageMs * 1000 * CLOCK_SHARE - ROUNDED_US
  const outdatedUs = replay.outdatedAt(rev)
  if (outdatedUs >= asOfUs - slackUs) return undefined
  return `${r.ageMs} ms old, it says; ${rev} was followed by another ${(t - outdatedUs) / 1000} ms before it was asked`
}

function missed(key: string, rev: number, { shown }: Replay): string | undefined {
  const thing = shown.at(key, rev)
  return thing?.isThere === true ? `at ${rev} nothing is there; the log says ${thing.text}` : undefined
}

/** One whose value alone was noted. */
function entry(key: string, rev: number, r: EndLine["r"], { shown }: Replay): string | undefined {
  const thing = shown.at(key, rev)
  const known = thing === undefined ? undefined : (JSON.parse(thing.text) as { value: unknown; modRev: string })
  if (known !== undefined && known.value === r?.value && known.modRev === r?.modRev) return undefined
  return `at ${rev} ${parting(`${r?.value} of ${r?.modRev}`, thing?.text)}`
}

function otherwise(
  scope: string,
  rev: number,
  things: readonly { readonly key: string; readonly item: unknown }[],
  { shown }: Replay,
): string | undefined {
  const told = new Map(things.map(({ key, item }) => [key, toldText(key, item)]))
  for (const [key, { text, isThere }] of shown.all(scopeOf(scope), rev)) {
    const found = told.get(key)
    if (found !== undefined ? found !== text : isThere) return `at ${rev} ${key} is ${parting(found, text)}`
    told.delete(key)
  }
  const more = things.find(({ key, item }) => told.has(key) && !isBlank(item))
  return more === undefined ? undefined : `at ${rev} ${more.key} is ${parting(told.get(more.key), undefined)}`
}
