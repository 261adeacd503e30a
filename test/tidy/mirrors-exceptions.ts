/** Sources without cases of their own, each with the reason. */
export const UNTESTED: Readonly<Record<string, string>> = {
  "agent/version.ts": "one constant; the packages' versions are compared with it here",
  "agent/node/patience.ts": "durations alone; what they bound is tested with shorter ones where it is done",
}
