import type { NodeId } from "@conclave/base"
import type { AgentConfig } from "../config/agent-config.ts"
import { Seal } from "../gossip/seal/seal.ts"
import { sealedCodec } from "../gossip/sealed-codec.ts"
import { wireCodec } from "../gossip/swim-codec.ts"
import type { SwimCodec } from "../gossip/swim-driver.ts"
import { UnsealedSenders } from "../gossip/unsealed-senders.ts"
import type { Ciphers } from "../ports.ts"
import type { SealMode } from "../seal-mode.ts"
import type { Encryption } from "./encryption.ts"
import { readGossipKeys } from "./gossip-keys.ts"

/** How this agent's gossip is framed, as configured, and what of that changes while it runs. */
export interface GossipSeal {
  readonly codec: SwimCodec
  readonly encryption: () => Encryption
  /** Of the keys in use, the one that seals first; none where gossip is not sealed. */
  readonly fingerprints: () => readonly string[]
  /** Of the last minute; empty where nothing is taken in the clear, or everybody sends so. */
  readonly unsealedSenders: () => readonly NodeId[]
  /** Reads the keys again and changes the mode. Throws `SecretFileError`; then all stays as it was. */
  readonly reload: (mode: SealMode) => Promise<void>
}

/** Throws `SecretFileError` where the keys cannot be had. */
export async function openGossipSeal(
  config: Pick<AgentConfig, "cluster" | "gossipKeyFile" | "gossipSeal">,
  own: { readonly id: NodeId; readonly ciphers: Ciphers; readonly now: () => number },
): Promise<GossipSeal> {
  const { cluster, gossipKeyFile } = config
  if (gossipKeyFile === undefined) {
    const reload = (): Promise<void> => Promise.resolve()
    const none = (): readonly [] => []
    return { codec: wireCodec(cluster), encryption: () => "open", fingerprints: none, unsealedSenders: none, reload }
  }
  const { id, ciphers, now } = own
  const seal = new Seal({ ciphers, cluster, self: id, secrets: readGossipKeys(gossipKeyFile) })
  const unsealed = new UnsealedSenders()
  const heard = (from: NodeId): void => unsealed.heard(from, now())
  let mode = config.gossipSeal
  return {
    codec: sealedCodec(cluster, seal, () => mode, heard),
    unsealedSenders: () => (mode === "send" ? unsealed.lately(now()) : []),
    encryption: () => mode,
    fingerprints: () => seal.fingerprints,
    reload: async (next) => {
      seal.setKeys(readGossipKeys(gossipKeyFile))
      mode = next
    },
  }
}
