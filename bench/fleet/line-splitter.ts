/** Longest line that is kept; the rest of a longer one is dropped. */
export const LINE_BYTES_MAX = 1_048_576

/** Cuts a stream of text into lines; `push` gives the lines that are complete. */
export class LineSplitter {
  #rest = ""

  push(chunk: string): string[] {
    const lines = (this.#rest + chunk).split("\n")
    const rest = lines.pop() ?? ""
    this.#rest = rest.length > LINE_BYTES_MAX ? rest.slice(0, LINE_BYTES_MAX) : rest
    return lines
  }
}
