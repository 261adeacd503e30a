import { createHash } from "node:crypto"
import { type BackupProblem, BackupReader } from "../../group/backup-file.ts"
import { Failure } from "../terminal/failure.ts"

export type Header = Exclude<ReturnType<BackupReader["finish"]>, BackupProblem>

/** Checks every byte of a saved state and passes it on; throws a Failure that says what is wrong with `what`. */
export class BackupCheck {
  readonly #what: string
  readonly #reader: BackupReader

  constructor(what: string) {
    const hash = createHash("sha256")
    this.#what = what
    this.#reader = new BackupReader({ update: (bytes) => hash.update(bytes), hex: () => hash.digest("hex") })
  }

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of source) {
      this.#reader.push(bytes)
      while (this.#reader.next() !== undefined);
      if (this.#reader.problem !== undefined) throw unusable(this.#what, this.#reader.problem)
      yield bytes
    }
  }

  /** All has gone through. */
  finish(): Header {
    const header = this.#reader.finish()
    if ("kind" in header) throw unusable(this.#what, header)
    return header
  }
}

/** The header of what is sound to its last byte. */
export async function checkBackup(what: string, source: AsyncIterable<Uint8Array>): Promise<Header> {
  const check = new BackupCheck(what)
  for await (const _ of check.through(source));
  return check.finish()
}

function unusable(what: string, { kind, message }: BackupProblem): Failure {
  if (kind === "newer") {
    return new Failure("UNIMPLEMENTED", `${what} cannot be used`, { why: `${message}.`, next: "conclave version" })
  }
  const next = kind === "damaged" ? "another copy of it" : "conclave snapshot save FILE"
  return new Failure("INVALID_ARGUMENT", `${what} cannot be used`, {
    why: `${message}.`,
    next,
    details: { field: "file" },
  })
}
