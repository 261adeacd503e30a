const SHOWN = "[secret]"

/** Bytes that nobody prints by mistake: text, JSON and inspection say that here is a secret, and no more. */
export class Secret {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes)
  }

  /** The bytes themselves, for whoever uses them as a key. */
  reveal(): Uint8Array {
    return this.#bytes
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  /** What `util.inspect`, and with it `console.log`, shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return SHOWN
  }
}
