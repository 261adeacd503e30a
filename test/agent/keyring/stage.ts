import { randomBytes } from "node:crypto"
import type { Addr } from "@conclave/base"
import { SEAL_KEYS_MAX } from "conclave/gossip/seal/seal"
import type { Change, OwnKeys, Ring } from "conclave/keyring/ring"
import type { Asked } from "conclave/keyring/rounds"
import { Secret } from "conclave/secret"
import { memberId } from "../fake-view.ts"

export function asked(name: string, isLiving = true): Asked {
  return { id: memberId(name), name, addr: `${name}:1` as Addr, isLiving }
}

/** The keys of an agent without a file: a key's first bytes are its fingerprint. */
export class KeysInMemory implements OwnKeys {
  readonly #keys: { secret: Secret; serial: number }[]
  /** Why nothing can be changed now. */
  problem: string | undefined

  constructor(...secrets: readonly Secret[]) {
    this.#keys = secrets.map((secret) => ({ secret, serial: 0 }))
  }

  readonly ring = (): Ring =>
    this.#keys.map(({ secret, serial }) => ({ fingerprint: this.fingerprintOf(secret), serial }))

  readonly secretOf = (fingerprint: string): Secret | undefined => this.#find(fingerprint)?.secret

  readonly fingerprintOf = (secret: Secret): string => Buffer.from(secret.reveal()).toString("hex", 0, 8)

  readonly newSecret = (): Secret => newSecret()

  readonly change = (change: Change, done: (why: string | undefined, hasChanged: boolean) => void): void => {
    const why = this.problem ?? this.#change(change)
    done(why, why === undefined)
  }

  #change(change: Change): string | undefined {
    const fingerprint = change.kind === "install" ? this.fingerprintOf(change.secret) : change.fingerprint
    const found = this.#find(fingerprint)
    const at = found === undefined ? -1 : this.#keys.indexOf(found)
    switch (change.kind) {
      case "install":
        if (found !== undefined) return undefined
        if (this.#keys.length >= SEAL_KEYS_MAX) return "it has as many as it may have"
        this.#keys.push({ secret: change.secret, serial: change.serial })
        return undefined
      case "use":
        if (found === undefined) return "it is not there"
        this.#keys.splice(at, 1)
        this.#keys.unshift({ secret: found.secret, serial: Math.max(found.serial, change.serial) })
        return undefined
      case "remove":
        if (at === 0) return "it seals"
        if (at > 0) this.#keys.splice(at, 1)
        return undefined
    }
  }

  #find(fingerprint: string): { readonly secret: Secret; readonly serial: number } | undefined {
    return this.#keys.find(({ secret }) => this.fingerprintOf(secret) === fingerprint)
  }
}

export function newSecret(): Secret {
  return new Secret(randomBytes(32))
}
