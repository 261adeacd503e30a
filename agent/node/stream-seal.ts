import type { AgentConfig } from "../config/agent-config.ts"
import type { SealMode } from "../seal-mode.ts"
import type { Secret } from "../secret.ts"
import type { Encryption } from "./encryption.ts"
import type { Identity } from "./identity.ts"
import { readJoinKeyFile } from "./join-key-file.ts"
import { JoinProof } from "./join-proof.ts"
import { type LinkDoor, OPEN_DOOR } from "./link-door.ts"
import { SealedDoor } from "./sealed-door.ts"

/** How this agent's streams are protected, as configured, and what of that changes while it runs. */
export interface StreamSeal {
  readonly door: LinkDoor
  readonly encryption: () => Encryption
  /**
   * Reads the secrets again and changes the mode; what it forbids ends at once. Throws `SecretFileError`; then all
   * stays as it was.
   */
  readonly reload: (mode: SealMode) => Promise<void>
}

/** Throws `SecretFileError` where the secrets cannot be had. */
export async function openStreamSeal(
  config: Pick<AgentConfig, "cluster" | "joinKeyFile" | "gossipSeal">,
  identity: Omit<Identity, "problem">,
): Promise<StreamSeal> {
  const { cluster, joinKeyFile } = config
  if (joinKeyFile === undefined) {
    return { door: OPEN_DOOR, encryption: () => "open", reload: () => Promise.resolve() }
  }
  const read = (): readonly Secret[] => readJoinKeyFile(joinKeyFile)
  let mode = config.gossipSeal
  let asked = 0
  let inForce = 0
  let proof = await JoinProof.of(read(), cluster)
  const door = new SealedDoor({ identity, proof: () => proof, mode: () => mode })
  return {
    door,
    encryption: () => mode,
    reload: async (next) => {
      const turn = ++asked
      const stretched = await JoinProof.of(read(), cluster)
      // One that was asked for later may have been done sooner, and it is what holds.
      if (turn < inForce) return
      inForce = turn
      proof = stretched
      mode = next
      if (mode === "require") door.endOpen()
    },
  }
}
