import type { NodeId } from "@conclave/base"
import type { AgentConfig } from "../config/agent-config.ts"
import type { SealMode } from "../seal-mode.ts"
import { openCiphers } from "./ciphers.ts"
import { type Encryption, notEncrypted } from "./encryption.ts"
import { type GossipSeal, openGossipSeal } from "./gossip-seal.ts"
import type { Identity } from "./links/identity.ts"
import type { OpenLog } from "./log.ts"
import { SecretFileError } from "./secret-file.ts"
import { openStreamSeal, type StreamSeal } from "./stream-seal.ts"

/** What protects traffic between agents: both halves under one mode. */
export interface Seals {
  readonly gossip: GossipSeal
  readonly streams: StreamSeal
  readonly mode: () => SealMode
  readonly encryption: () => Encryption
  /** Reads both files again and changes the mode, or rejects and leaves all as it was. One at a time. */
  readonly reload: (mode: SealMode) => Promise<void>
}

/** Rejects with a `SecretFileError`, which names the key of the configuration, where a file cannot be used. */
export async function openSeals(
  config: Pick<AgentConfig, "cluster" | "insecure" | "gossipKeyFile" | "joinKeyFile" | "gossipSeal">,
  identity: Omit<Identity, "problem">,
): Promise<Seals> {
  let inForce = config.gossipSeal
  const mode = (): SealMode => inForce
  const clock = { now: () => performance.now(), wallMs: () => Date.now() }
  const own = { id: identity.id, ciphers: openCiphers(), clock }
  const gossip = await naming("gossipKeyFile", () => openGossipSeal(config, own, mode))
  const streams = await naming("joinKeyFile", () => openStreamSeal(config, identity, mode))
  return {
    gossip,
    streams,
    mode,
    encryption: () => (config.insecure ? "open" : inForce),
    reload: async (next) => {
      const useKeys = await naming("gossipKeyFile", gossip.renew)
      const useSecrets = await naming("joinKeyFile", streams.renew)
      inForce = next
      useKeys()
      useSecrets()
    },
  }
}

/** Keys by their fingerprints, so that hosts can be compared, and aloud what goes without them. */
export function tellSeals({ gossip, streams, encryption }: Seals, log: OpenLog): void {
  for (const { code, message, hint } of notEncrypted(encryption()))
    log.write("warn", `agent.${code}`, message, { hint })
  const keys = gossip.keys?.ring().map(({ fingerprint }) => fingerprint) ?? []
  const secrets = streams.fingerprints()
  if (keys[0] !== undefined) log.write("info", "gossip.keys", `the key that seals gossip is ${keys[0]}`, { keys })
  if (secrets[0] === undefined) return
  log.write("info", "stream.secrets", `the join secret that is shown on streams is ${secrets[0]}`, { secrets })
}

/** Who was heard in the clear in the last minute, as far as it is a member. */
export function clearMembers({ gossip }: Seals, nameOf: (id: NodeId) => string | undefined): readonly string[] {
  return gossip.unsealedSenders().flatMap((id) => nameOf(id) ?? [])
}

async function naming<T>(key: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    if (cause instanceof SecretFileError) throw new SecretFileError(`${key}: ${cause.why}`, cause.next, { cause })
    throw cause
  }
}
