const UTF8 = new TextEncoder()

/** One line of a stream as JSON, written out once for all who read it. */
export class Line {
  readonly text: string
  #bytes: Uint8Array | undefined

  constructor(text: string) {
    this.text = text
  }

  /** As UTF-8; not to be changed. */
  get bytes(): Uint8Array {
    this.#bytes ??= UTF8.encode(this.text)
    return this.#bytes
  }
}
