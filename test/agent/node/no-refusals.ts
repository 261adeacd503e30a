import type { LinkRefusals } from "conclave/node/links/link-server"

/** Of an agent that has let everybody in. */
export const NO_REFUSALS: LinkRefusals = {
  garbage: 0,
  otherCluster: 0,
  otherMember: 0,
  removed: 0,
  busy: 0,
  unfinished: 0,
  open: 0,
  handshake: 0,
  unproven: 0,
}
