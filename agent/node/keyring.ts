import type { Addr } from "@conclave/base"
import type { Member } from "@conclave/swim"
import type { KeyringControl } from "../api/keyring-control.ts"
import type { Keep } from "../coordination/audit.ts"
import type { Host } from "../host.ts"
import { KeyService } from "../keyring/key-service.ts"
import { Keyring, NO_KEYRING } from "../keyring/keyring.ts"
import { Leveller } from "../keyring/leveller.ts"
import type { Asked } from "../keyring/rounds.ts"
import type { Clock } from "../ports.ts"
import type { Seals } from "./seals.ts"

export interface KeyringParts extends Keep {
  readonly host: Host
  readonly clock: Clock
  readonly seals: Seals
}

export interface OpenKeyring {
  readonly control: KeyringControl
  /** A sealed datagram from there does not open. */
  readonly onSealed: (source: Addr) => void
  readonly close: () => void
}

const DONE = { install: "installed", use: "used for all that is sealed", remove: "removed" } as const

/** The keys of gossip, as this agent changes them for others and has others change them. */
export function openKeyring({ host, clock, seals, log, tell }: KeyringParts): OpenKeyring {
  const own = seals.gossip.keys
  const service = new KeyService({
    own,
    onDone: ({ kind, fingerprint, by }) => {
      const name = host.memberById(by)?.record.name ?? by
      const event = `keyring.${kind}`
      log.write("info", event, `key ${fingerprint} is ${DONE[kind]}, as asked by ${name}`, { fingerprint, by: name })
      tell({ kind: event, name: fingerprint, by: [name] })
    },
  })
  host.consensus.serve("keys", service.accept)
  const isUnderTls = (): boolean => ["send", "require"].includes(seals.encryption())
  const shared = { clock, links: host.links, self: host.id, service, isUnderTls }
  if (own === undefined) return { control: NO_KEYRING, onSealed: () => {}, close: () => {} }
  const control = new Keyring({ ...shared, own, members: () => host.members().flatMap(askedOf) })
  const memberAt = (addr: Addr): Asked | undefined => {
    const member = host.memberAt(addr)
    return member && askedOf(member)[0]
  }
  const leveller = new Leveller({ ...shared, own, log, memberAt })
  return {
    control,
    onSealed: (source) => leveller.unreadable(source),
    close: () => {
      control.stop()
      leveller.stop()
    },
  }
}

/** Whoever has left comes back as somebody new. */
function askedOf({ id, record, state }: Member): readonly Asked[] {
  if (state === "left") return []
  return [{ id, name: record.name, addr: record.addr, isLiving: state !== "dead" }]
}
