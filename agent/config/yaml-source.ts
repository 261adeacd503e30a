import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml"
import { checkValue } from "./check-value.ts"
import { closest } from "./closest.ts"
import { withoutKeys } from "./key-like.ts"
import { knownKeys, specOf } from "./keys.ts"
import type { ConfigProblem, Entry, SourceRead } from "./problem.ts"
import { tooDeepAt, YAML_LEVELS_MAX } from "./yaml-nesting.ts"

/**
 * A configuration is written by hand, and the agent stands still while it is read, also at a reload: of the worst text
 * of this size for a second, of 1 MiB for twelve.
 */
const TEXT_CHARS_MAX = 64 * 1024

/** Reads one YAML 1.2 file: every problem with its line and column, every value with its place. */
export function readYaml(file: string, text: string): SourceRead {
  if (text.length > TEXT_CHARS_MAX) {
    return { entries: [], problems: [{ file, key: "", message: "is larger than 64 KiB; this is no configuration" }] }
  }
  const offset = tooDeepAt(text)
  if (offset !== undefined) {
    const before = text.slice(0, offset).split("\n")
    const place = { file, line: before.length, column: 1 + (before.at(-1) ?? "").length }
    const message = `is nested over ${YAML_LEVELS_MAX} levels deep; this is no configuration`
    return { entries: [], problems: [{ ...place, key: "", message }] }
  }
  return new YamlReader(file, text).read()
}

class YamlReader {
  readonly #file: string
  readonly #lines: LineCounter = new LineCounter()
  readonly #document: Document.Parsed
  readonly #entries: Entry[] = []
  readonly #problems: ConfigProblem[] = []

  constructor(file: string, text: string) {
    this.#file = file
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, strict: true })
  }

  read(): SourceRead {
    const { errors } = this.#document
    const broken = errors.find(({ code }) => code !== "DUPLICATE_KEY")
    if (broken !== undefined) {
      // What a parser makes of the rest is guesswork: nothing else is said of it.
      this.#problem(broken.pos[0], "", broken.message)
      return { entries: [], problems: this.#problems }
    }
    for (const error of errors) this.#problem(error.pos[0], "", error.message)
    const top = this.#document.contents
    if (isMap(top)) this.#readMap(top, "")
    else if (top !== null && !(isScalar(top) && top.value === null)) {
      this.#problem(top.range?.[0] ?? 0, "", "must be a map of keys to values")
    }
    return { entries: this.#entries, problems: this.#problems }
  }

  #readMap(map: YAMLMap, prefix: string): void {
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) ? String(pair.key.value) : ""
      const key = prefix === "" ? name : `${prefix}.${name}`
      const at = pair.key.range?.[0] ?? 0
      const { value } = pair
      if (specOf(key) !== undefined) this.#readValue(key, pair, at)
      else if (!isGroup(key)) this.#problem(at, withoutKeys(key), unknownKey(key))
      else if (isMap(value)) this.#readMap(value, key)
      else if (value !== null && !(isScalar(value) && value.value === null)) {
        this.#problem(value.range?.[0] ?? at, key, "must be a map of keys to values")
      }
    }
  }

  #readValue(key: string, pair: Pair<Node, Node | null>, at: number): void {
    const node = pair.value
    const raw = node === null ? null : this.#plain(node, key)
    // `key:` with nothing after it is a key that was not set.
    if (raw === null || raw === undefined) return
    const checked = checkValue(key, raw)
    const place = this.#place(node?.range?.[0] ?? at)
    if (checked.ok) {
      const { file, line } = { file: this.#file, line: place.line }
      this.#entries.push({ key, value: checked.value, origin: `${file}:${line}`, place })
      return
    }
    for (const { path, message } of checked.problems) {
      const inner = this.#inner(node, path)
      const where = [key, ...path.map(String)].join(".")
      this.#problem(inner?.range?.[0] ?? node?.range?.[0] ?? at, where, message)
    }
  }

  /** Anchors that multiply (a "billion laughs") are refused by the library's alias limit. */
  #plain(node: Node, key: string): unknown {
    try {
      return node.toJS(this.#document)
    } catch (cause) {
      this.#problem(node.range?.[0] ?? 0, key, (cause as Error).message)
      return undefined
    }
  }

  #inner(node: Node | null, path: readonly PropertyKey[]): Node | undefined {
    if (node === null || path.length === 0) return undefined
    const found = (node as YAMLMap).getIn?.(path, true)
    return typeof found === "object" && found !== null ? (found as Node) : undefined
  }

  #place(offset: number): { readonly file: string; readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.#file, line, column: col }
  }

  #problem(offset: number, key: string, message: string): void {
    this.#problems.push({ ...this.#place(offset), key, message })
  }
}

function isGroup(key: string): boolean {
  for (const known of knownKeys()) if (known.startsWith(`${key}.`)) return true
  return false
}

function unknownKey(key: string): string {
  const meant = closest(key, knownKeys())
  return meant === undefined ? "unknown key" : `unknown key; did you mean ${meant}?`
}
