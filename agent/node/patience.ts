/** How long the local doors wait for a client. Tests wait shorter. */
export interface Patience {
  /** For the whole head of a request, from the first byte of the connection or of the request. */
  readonly headMs: number
  /** For the whole request, body included, but for a saved state. */
  readonly requestMs: number
  /** For the next octets of a saved state, in or out. */
  readonly octetsMs: number
  /** For `hello`, from the upgrade. */
  readonly helloMs: number
  /** For the rest of a frame that has begun. */
  readonly frameMs: number
  /** For a client to read the last words that it gets and to hang up. */
  readonly lingerMs: number
  /** For calls under way when the agent goes. */
  readonly farewellMs: number
}

export const PATIENCE: Patience = {
  headMs: 10_000,
  requestMs: 30_000,
  octetsMs: 30_000,
  helloMs: 5000,
  frameMs: 10_000,
  lingerMs: 1000,
  farewellMs: 1000,
}
