import type { AntiEntropy } from "./anti-entropy.ts"
import { type Core, clusterSize, isConclave } from "./core.ts"
import type { Membership } from "./membership.ts"
import type { Own } from "./own.ts"
import type { Prober } from "./probe.ts"
import { suspicionBounds } from "./suspicion.ts"

/**
 * Our own process did nothing for `lostMs`. Our stall never accuses a peer: what we asked before is given the lost time
 * back, we doubt ourselves, after a long stall we announce ourselves before others ask, and when the kernel threw
 * datagrams away, refutations perhaps, no suspicion ends until the view was compared with another's. All is bounded.
 */
export function stalled(
  core: Core,
  stall: { readonly lostMs: number; readonly drops: boolean },
  parts: {
    readonly prober: Prober
    readonly membership: Membership
    readonly own: Own
    readonly antiEntropy: AntiEntropy
  },
): void {
  core.counters.stalls++
  if (!isConclave(core)) return
  const { config, health } = core
  const { lostMs, drops } = stall
  parts.prober.lostTime(lostMs)
  parts.membership.suspects.lostTime(lostMs)
  if (drops) {
    parts.membership.suspects.hold()
    parts.antiEntropy.recover()
  }
  if (lostMs > config.probeIntervalMs) health.change(2)
  else if (lostMs > config.probeTimeoutMaxMs) health.change(1)
  if (lostMs >= suspicionBounds(config, clusterSize(core)).minMs) parts.own.announce()
}
