import { constants, unwatchFile, watchFile } from "node:fs"
import { open } from "node:fs/promises"
import type { Addr } from "@conclave/base"
import type { DiscoverySource } from "../../discovery/source.ts"
import type { Names } from "../../ports.ts"

/** How soon a change is noticed: by its size and times, since events of directories are not told for every mount. */
const WATCHED_MS = 2000
const FILE_BYTES_MAX = 65_536
const LINES_MAX = 256

/**
 * All addresses of a file that somebody else keeps, one a line, each a host or `host:port` as in `join`: read again
 * when it changes and whenever it is time to look. What follows a `#` is a comment.
 */
export class FileSource implements DiscoverySource {
  readonly kind = "file"
  readonly what: string
  readonly #names: Names
  readonly #path: string
  #tell: Parameters<DiscoverySource["start"]> | undefined
  /** What an earlier one finds is not told any more. */
  #looks = 0

  constructor(names: Names, path: string) {
    this.#names = names
    this.#path = path
    this.what = `the file ${path}`
  }

  readonly start: DiscoverySource["start"] = (found, trouble) => {
    this.#tell = [found, trouble]
    watchFile(this.#path, { persistent: false, interval: WATCHED_MS }, this.refresh)
    this.refresh()
  }

  readonly refresh = (): void => {
    const look = ++this.#looks
    void linesOf(this.#path).then((lines) => {
      if (look !== this.#looks) return
      if (typeof lines === "string") this.#fail(lines)
      else this.#resolve(lines, look)
    })
  }

  readonly stop = (): void => {
    this.#looks++
    this.#tell = undefined
    unwatchFile(this.#path, this.refresh)
  }

  /** That one has no address is no trouble where others have. */
  #resolve(lines: readonly string[], look: number): void {
    const each: (readonly Addr[])[] = lines.map(() => [])
    let [open, problem] = [lines.length, "it names nobody"]
    const done = (): void => {
      const addrs = each.flat()
      if (look !== this.#looks) return
      if (addrs.length === 0) this.#fail(problem)
      else this.#tell?.[0](addrs)
    }
    if (lines.length === 0) return done()
    for (const [at, line] of lines.entries()) {
      this.#names.resolve(line, (addrs, why) => {
        each[at] = addrs
        if (addrs.length === 0) problem = why
        if (--open === 0) done()
      })
    }
  }

  #fail(problem: string): void {
    const hint = `write host or host:port of agents there, one a line, for uid ${process.getuid?.() ?? "?"} to read`
    this.#tell?.[1]({ problem, hint })
  }
}

/** Or what is wrong with the file. */
async function linesOf(path: string): Promise<readonly string[] | string> {
  try {
    const text = await textOf(path)
    if (text === undefined) return `it is no file of at most ${FILE_BYTES_MAX} bytes`
    const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim())
    const named = lines.filter((line) => line !== "")
    return named.length <= LINES_MAX ? named : `it has ${named.length} addresses, at most ${LINES_MAX} are taken`
  } catch (cause) {
    return (cause as Error).message
  }
}

async function textOf(path: string): Promise<string | undefined> {
  // Without waiting: a pipe that nobody writes to would take one of the threads that the disk needs.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = await file.stat()
    return stats.isFile() && stats.size <= FILE_BYTES_MAX ? await file.readFile("utf8") : undefined
  } finally {
    await file.close()
  }
}
