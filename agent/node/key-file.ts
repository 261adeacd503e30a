import { randomBytes } from "node:crypto"
import { realpathSync, type Stats, statSync } from "node:fs"
import { readdir, rm, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { SEAL_KEYS_MAX } from "../gossip/seal/seal.ts"
import type { Change, OwnKeys, Ring } from "../keyring/ring.ts"
import type { Secret } from "../secret.ts"
import { type FileRights, replaceFile } from "./durable-file.ts"
import { type GossipKey, type KeyLine, keyLine, keysOf, readGossipKeys } from "./gossip-keys.ts"
import { SecretFileError } from "./secret-file.ts"

const OTHERS = 0o077
const BESIDE = /^\.new-[0-9a-f]{8}$/
/** No change of another agent takes as long. */
const LEFT_MS = 60_000

export interface KeyFileOptions {
  readonly path: string
  readonly fingerprintOf: (secret: Secret) => string
  readonly newSecret: () => Secret
  /** The keys that hold from now on, whenever the file was read. */
  readonly onKeys: (secrets: readonly Secret[]) => void
}

/**
 * The file with the keys of gossip. It is what holds: each change reads it anew, so that what an operator has written
 * there is neither undone nor lost.
 */
export class KeyFile implements OwnKeys {
  readonly #options: KeyFileOptions
  #keys: ReadonlyMap<string, GossipKey> = new Map()
  #last: Promise<void> = Promise.resolve()
  /** How often keys were put in force. */
  #reads = 0

  constructor(options: KeyFileOptions & { readonly lines: readonly KeyLine[] }) {
    this.#options = options
    this.#take(options.lines)
  }

  /**
   * Reads the file again, which may throw `SecretFileError`; what it gives puts the keys in force, unless what was read
   * has been changed since.
   */
  renew(): () => void {
    const lines = readGossipKeys(this.#options.path)
    const asOf = this.#reads
    return () => {
      if (asOf === this.#reads) this.#take(lines)
    }
  }

  readonly ring = (): Ring => [...this.#keys].map(([fingerprint, { serial }]) => ({ fingerprint, serial }))

  readonly secretOf = (fingerprint: string): Secret | undefined => this.#keys.get(fingerprint)?.secret

  readonly fingerprintOf = (secret: Secret): string => this.#options.fingerprintOf(secret)

  readonly newSecret = (): Secret => this.#options.newSecret()

  readonly change = (change: Change, done: (why: string | undefined, hasChanged: boolean) => void): void => {
    this.#last = this.#last.then(async () => {
      const result = await this.#change(change)
      // Out of the promise chain: what `done` throws is a bug and must end the process, not be swallowed here.
      setImmediate(() => done(result.why, result.hasChanged))
    })
  }

  async #change(change: Change): Promise<{ readonly why?: string; readonly hasChanged: boolean }> {
    const { path } = this.#options
    try {
      const lines = readGossipKeys(path)
      const next = this.#edited(lines, change)
      if (typeof next === "string") return { why: next, hasChanged: false }
      if (next !== lines) await write(path, next)
      this.#take(next)
      return { hasChanged: next !== lines }
    } catch (cause) {
      if (cause instanceof SecretFileError) return { why: cause.message, hasChanged: false }
      const { code, message } = cause as NodeJS.ErrnoException
      if (code === undefined) throw cause
      return { why: `${path} cannot be replaced: ${message}; let the agent's user write its folder`, hasChanged: false }
    }
  }

  /** The same lines where there is nothing to do; a text says why it cannot be done. */
  #edited(lines: readonly KeyLine[], change: Change): readonly KeyLine[] | string {
    const { fingerprintOf, path } = this.#options
    const fingerprint = change.kind === "install" ? fingerprintOf(change.secret) : change.fingerprint
    const isIt = ({ key }: KeyLine): boolean => key !== undefined && fingerprintOf(key.secret) === fingerprint
    const found = lines.find(isIt)
    const isFirst = found !== undefined && found.key === keysOf(lines)[0]
    switch (change.kind) {
      case "install":
        if (found !== undefined) return lines
        if (keysOf(lines).length >= SEAL_KEYS_MAX) {
          return `${path} has ${SEAL_KEYS_MAX} keys, as many as it may have; conclave keyring remove, of one that nobody seals with`
        }
        return [...lines, keyLine(change)]
      case "use": {
        if (found?.key === undefined)
          return `key ${fingerprint} is not in ${path}; conclave keyring install, from a file that has it`
        if (isFirst && found.key.serial >= change.serial) return lines
        const serial = Math.max(found.key.serial, change.serial)
        return beforeOthers(
          keyLine({ secret: found.key.secret, serial }),
          lines.filter((line) => line !== found),
        )
      }
      case "remove":
        if (isFirst) return `key ${fingerprint} seals the gossip of this agent; conclave keyring use, of another one`
        return found === undefined ? lines : lines.filter((line) => line !== found)
    }
  }

  #take(lines: readonly KeyLine[]): void {
    this.#reads++
    const keys = keysOf(lines)
    this.#options.onKeys(keys.map(({ secret }) => secret))
    this.#keys = new Map(keys.map((key) => [this.#options.fingerprintOf(key.secret), key]))
  }
}

/** Comments at the head of the file stay there. */
function beforeOthers(first: KeyLine, lines: readonly KeyLine[]): readonly KeyLine[] {
  const at = lines.findIndex(({ key }) => key !== undefined)
  return at < 0 ? [...lines, first] : [...lines.slice(0, at), first, ...lines.slice(at)]
}

/** A link stays, and what it leads to is replaced. */
async function write(path: string, lines: readonly KeyLine[]): Promise<void> {
  const real = realpathSync(path)
  const text = lines.map((line) => `${line.text}\n`).join("")
  // Agents of one machine may have one file: each finds done what another did at the same moment.
  const beside = `${real}.new-${randomBytes(4).toString("hex")}`
  await removeLeft(real)
  await replaceFile(real, Buffer.from(text), { ...rightsAfter(statSync(real)), beside })
}

/** What a crash has left beside it has keys in it. */
async function removeLeft(real: string): Promise<void> {
  const [folder, own] = [dirname(real), basename(real)]
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(own) && BESIDE.test(each.slice(own.length)))) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (Date.now() - mtimeMs > LEFT_MS) await rm(path, { force: true }).catch(() => {})
  }
}

/** As they were; only root can give a file away, and what is the agent's own is for nobody else. */
function rightsAfter({ mode, uid, gid }: Stats): FileRights {
  const own = process.getuid?.() ?? uid
  if (own === 0) return { mode: mode & 0o777, owner: { uid, gid } }
  return { mode: mode & 0o777 & (uid === own ? 0o777 : ~OTHERS) }
}
