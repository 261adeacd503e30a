/** Sources without cases of their own, each with the reason. */
export const UNTESTED: Readonly<Record<string, string>> = {
  "agent/version.ts": "one constant; the packages' versions are compared with it here",
  "agent/log-store.ts":
    "the shape of a port and one constant; whoever implements it is tested against `files-contract.ts`",
  "agent/node/discovery/bonjour-service.d.ts": "types alone",
  "agent/node/patience.ts": "durations alone; what they bound is tested with shorter ones where it is done",
}
