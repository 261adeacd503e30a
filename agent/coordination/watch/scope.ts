import type { Change, Listing } from "@conclave/consensus"
import { fits } from "../../api/principal.ts"
import type { StateView } from "../cluster.ts"

/** What a reader asked for: all of a kind, what has this name, or what has a key that begins so. */
export interface WatchFilter {
  readonly kind: string
  readonly name: string | undefined
  readonly prefix: string | undefined
  /** Globs, one of which a name has to fit that the reader may see; default every name. */
  readonly names?: readonly string[] | undefined
}

/** One item that a revision has changed, written out as one of the `changes` of a line. */
export interface ToldChange {
  /** What a filter's name is held against, and what its prefix is. */
  readonly name: string
  readonly key: string
  readonly text: string
  readonly bytes: number
}

/** The items of a view at one revision. Records never change, so that each is written out when it is taken. */
export interface CapturedItems {
  readonly size: number
  readonly text: (at: number) => string
}

/** Whether anybody watches it; what nobody does is not even looked at. */
export type IsWatched = (of: { readonly name: string; readonly key: string }) => boolean

/** So many items are looked at in one go. */
export const FEW = 256

/**
 * What a view at one revision will be of, read step by step while the state goes on; undefined = there is more to read.
 */
export interface Capturing {
  readonly step: (units: number) => CapturedItems | undefined
}

/** One kind of what can be watched: which changes concern it, and what it looks like. */
export interface WatchScope {
  /**
   * Each watched item that one revision has changed, once, as it is at its end, sorted by key. "all": so much is
   * another that a reader is better told all of it.
   */
  readonly tell: (changes: readonly Change[], state: StateView, isWatched: IsWatched) => readonly ToldChange[] | "all"
  /** It tells of these changes alone, and from nothing but them, so that they can be told later. */
  readonly tellsLater: "entry" | "item" | undefined
  /** Sorted by key. */
  readonly capture: (state: StateView, filter: WatchFilter) => CapturedItems | Capturing
}

/** Of a listing: what is read when it has come to its end, or what of that is shown. */
export function capturing<Listed>(
  listing: Listing<Listed>,
  textOf: (each: Listed, rev: number) => string,
  isShown?: (each: Listed) => boolean,
): Capturing {
  const captured = (items: readonly Listed[]): CapturedItems => {
    return { size: items.length, text: (at) => textOf(items[at] as Listed, listing.rev) }
  }
  let listed: readonly Listed[] | undefined
  const shown: Listed[] = []
  let looked = 0
  return {
    step: (units) => {
      listed ??= listing.step(units)
      if (listed === undefined || isShown === undefined) return listed && captured(listed)
      for (const each of listed.slice(looked, looked + units)) if (isShown(each)) shown.push(each)
      looked += units
      return looked < listed.length ? undefined : captured(shown)
    },
  }
}

export function isAskedFor(
  { name, prefix, names }: WatchFilter,
  of: { readonly name: string; readonly key: string },
): boolean {
  const isNamed = (name === undefined || of.name === name) && (prefix === undefined || of.key.startsWith(prefix))
  return isNamed && (names === undefined || fits(names, of.name))
}

/** What of a view its reader may see; undefined: all of it. */
export function shownBy<Item>(
  { names }: WatchFilter,
  nameOf: (item: Item) => string,
): ((item: Item) => boolean) | undefined {
  return names && ((item) => fits(names, nameOf(item)))
}

/** `reason` says why, where that is known. */
export function toldChange(
  of: { readonly name: string; readonly key: string },
  type: "put" | "delete",
  item: string,
  reason?: string,
): ToldChange {
  const why = reason === undefined ? "" : `,"reason":${JSON.stringify(reason)}`
  const text = `{"type":"${type}","item":${item}${why}}`
  return { name: of.name, key: of.key, text, bytes: textBytes(text) }
}

const UTF8 = new TextEncoder()

export function textBytes(text: string): number {
  return UTF8.encode(text).length
}
