import type { NodeId } from "@conclave/base"
import type { AgentConfig } from "../config/agent-config.ts"
import type { SealClock } from "../gossip/seal/boot-age.ts"
import { Seal } from "../gossip/seal/seal.ts"
import { fingerprintOf } from "../gossip/seal/seal-key.ts"
import { sealedCodec } from "../gossip/sealed-codec.ts"
import { wireCodec } from "../gossip/swim-codec.ts"
import type { SwimCodec } from "../gossip/swim-driver.ts"
import { UnsealedSenders } from "../gossip/unsealed-senders.ts"
import { KEY_BYTES, type OwnKeys } from "../keyring/ring.ts"
import type { Ciphers } from "../ports.ts"
import type { SealMode } from "../seal-mode.ts"
import { Secret } from "../secret.ts"
import { keysOf, readGossipKeys } from "./gossip-keys.ts"
import { KeyFile } from "./key-file.ts"

/** How this agent's gossip is framed, and what of that changes while it runs. */
export interface GossipSeal {
  readonly codec: SwimCodec
  /** The keys in use, and what changes them; undefined where gossip is not sealed. */
  readonly keys: OwnKeys | undefined
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
    const renew = (): (() => void) => () => {}
    return { codec: wireCodec(cluster), keys: undefined, unsealedSenders: () => [], renew }
  }
  const { id, ciphers, clock } = own
  const { now } = clock
  const { seal, keys } = openKeys(gossipKeyFile, { ciphers, cluster, self: id, clock })
  const unsealed = new UnsealedSenders()
  const heard = (from: NodeId): void => unsealed.heard(from, now())
  return {
    codec: sealedCodec(cluster, seal, mode, heard),
    unsealedSenders: () => (mode() === "require" ? [] : unsealed.lately(now())),
    keys,
    renew: () => keys.renew(),
  }
}

/** The seal has the keys that are in the file, always. */
function openKeys(
  path: string,
  own: { readonly ciphers: Ciphers; readonly cluster: string; readonly self: NodeId; readonly clock: SealClock },
): { readonly seal: Seal; readonly keys: KeyFile } {
  const { ciphers } = own
  const lines = readGossipKeys(path)
  const seal = new Seal({ ...own, secrets: keysOf(lines).map(({ secret }) => secret) })
  const keys = new KeyFile({
    path,
    lines,
    fingerprintOf: (secret) => fingerprintOf(secret, ciphers),
    newSecret: () => new Secret(ciphers.random(KEY_BYTES)),
    onKeys: (secrets) => seal.setKeys(secrets),
  })
  return { seal, keys }
}
