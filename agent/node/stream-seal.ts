import type { AgentConfig } from "../config/agent-config.ts"
import type { SealMode } from "../seal-mode.ts"
import type { Secret } from "../secret.ts"
import type { MeetingSecrets } from "./discovery/dht-words.ts"
import { readJoinKeyFile } from "./join-key-file.ts"
import type { Identity } from "./links/identity.ts"
import { JoinProof } from "./links/join-proof.ts"
import { type LinkDoor, OPEN_DOOR } from "./links/link-door.ts"
import { SealedDoor } from "./links/sealed-door.ts"

/** How this agent's streams are protected, and what of that changes while it runs. */
export interface StreamSeal {
  readonly door: LinkDoor
  /** How many streams are in the clear, where they need not be. */
  readonly clear: () => number
  /** Of the join secrets in use, the one that this agent shows first; none where streams are open. */
  readonly fingerprints: () => readonly string[]
  /** Of each join secret what agents meet by in a public place. */
  readonly meetings: () => readonly MeetingSecrets[]
  /**
   * Reads the secrets again, which may throw `SecretFileError`; what it resolves to puts them in force, and ends within
   * seconds what they and the mode do not let in any more.
   */
  readonly renew: () => Promise<() => void>
}

/** `mode` is asked at each stream. Throws `SecretFileError` where the secrets cannot be had. */
export async function openStreamSeal(
  { cluster, joinKeyFile }: Pick<AgentConfig, "cluster" | "joinKeyFile">,
  identity: Omit<Identity, "problem">,
  mode: () => SealMode,
): Promise<StreamSeal> {
  if (joinKeyFile === undefined) {
    return {
      door: OPEN_DOOR,
      clear: () => 0,
      fingerprints: () => [],
      meetings: () => [],
      renew: () => Promise.resolve(() => {}),
    }
  }
  const read = (): readonly Secret[] => readJoinKeyFile(joinKeyFile)
  let proof = await JoinProof.of(read(), cluster)
  const door = new SealedDoor({ identity, proof: () => proof, mode })
  return {
    door,
    clear: () => door.clear,
    fingerprints: () => proof.fingerprints,
    meetings: () => meetingsOf(proof),
    renew: async () => {
      const stretched = await JoinProof.of(read(), cluster)
      return () => {
        proof = stretched
        door.review()
      }
    },
  }
}

function meetingsOf(proof: JoinProof): readonly MeetingSecrets[] {
  const proofs = proof.derive("conclave dht proof 1")
  const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex")
  return proof.derive("conclave dht topic 1").map((topic, at) => ({ topic: hex(topic), proof: hex(proofs[at]) }))
}
