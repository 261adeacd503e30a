/**
 * What of gossip is sealed. `require` takes sealed datagrams alone. The other two lead there from a cluster that is
 * open, host by host and without a pause: first every host can open what is sealed (`accept`), then each begins to
 * seal (`send`), then none takes anything else.
 */
export type SealMode = "accept" | "send" | "require"
