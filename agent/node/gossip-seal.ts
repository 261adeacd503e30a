import type { NodeId } from "@conclave/base"
import type { AgentConfig } from "../config/agent-config.ts"
import type { SealClock } from "../gossip/seal/boot-age.ts"
import { Seal } from "../gossip/seal/seal.ts"
import { sealedCodec } from "../gossip/sealed-codec.ts"
import { wireCodec } from "../gossip/swim-codec.ts"
import type { SwimCodec } from "../gossip/swim-driver.ts"
import { UnsealedSenders } from "../gossip/unsealed-senders.ts"
import type { Ciphers } from "../ports.ts"
import type { SealMode } from "../seal-mode.ts"
import { readGossipKeys } from "./gossip-keys.ts"

/** How this agent's gossip is framed, and what of that changes while it runs. */
export interface GossipSeal {
  readonly codec: SwimCodec
  /** Of the keys in use, the one that seals first; none where gossip is not sealed. */
  readonly fingerprints: () => readonly string[]
  /** Heard in the clear in the last minute; empty where nothing is taken so. */
  readonly unsealedSenders: () => readonly NodeId[]
  /** Reads the keys again, which may throw `SecretFileError`; what it gives puts them in force. */
  readonly renew: () => () => void
}

/** `mode` is asked at each datagram. Throws `SecretFileError` where the keys cannot be had. */
export function openGossipSeal(
  { cluster, gossipKeyFile }: Pick<AgentConfig, "cluster" | "gossipKeyFile">,
  own: { readonly id: NodeId; readonly ciphers: Ciphers; readonly clock: SealClock },
  mode: () => SealMode,
): GossipSeal {
  if (gossipKeyFile === undefined) {
    const none = (): readonly [] => []
    const renew = (): (() => void) => () => {}
    return { codec: wireCodec(cluster), fingerprints: none, unsealedSenders: none, renew }
  }
  const { id, ciphers, clock } = own
  const { now } = clock
  const seal = new Seal({ ciphers, cluster, self: id, clock, secrets: readGossipKeys(gossipKeyFile) })
  const unsealed = new UnsealedSenders()
  const heard = (from: NodeId): void => unsealed.heard(from, now())
  return {
    codec: sealedCodec(cluster, seal, mode, heard),
    unsealedSenders: () => (mode() === "require" ? [] : unsealed.lately(now())),
    fingerprints: () => seal.fingerprints,
    renew: () => {
      const secrets = readGossipKeys(gossipKeyFile)
      return () => seal.setKeys(secrets)
    },
  }
}
