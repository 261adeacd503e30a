import { assert } from "@conclave/base"

/** `swim` and `lifeguard` are the baselines of experiments; `conclave` is the product. */
export type Mode = "swim" | "lifeguard" | "conclave"

/** `local` = one machine, `lan` = one data centre (the default), `wan` = across slow links. */
export type Profile = "local" | "lan" | "wan"

/** Every field is a bound with a unit or a pure count; relations are asserted by `checkConfig`. */
export interface SwimConfig {
  readonly mode: Mode
  /** One round-robin probe an interval (SWIM §4.3), stretched by local health (Lifeguard §IV-A). */
  readonly probeIntervalMs: number
  /** The direct timeout adapts to the peer's round trip between these two; the maximum until 3 samples. */
  readonly probeTimeoutMinMs: number
  readonly probeTimeoutMaxMs: number
  /** A probe is judged after max(3 × direct timeout, this), but never after its interval. */
  readonly probeWindowMinMs: number
  /** Helpers of an indirect probe (SWIM §3.1: k). */
  readonly indirectProbes: number
  /** Minimum suspicion = max(floor, mult × log10(N) × interval), the Lifeguard formula with a floor. */
  readonly suspicionFloorMs: number
  /** In thousandths, as all factors of the suspicion formula. */
  readonly suspicionMultMilli: number
  /** Maximum suspicion = this × the minimum; it runs that long without confirmation. */
  readonly suspicionMaxMult: number
  /** Independent confirmations that bring the suspicion down to its minimum (Lifeguard §IV-B: K). */
  readonly confirmations: number
  /** How long a suspicion runs that two watch links witnessed. */
  readonly linkSuspicionMs: number
  /** Time between the two refused re-dials that make a link accusation. */
  readonly redialMs: number
  /** Ring neighbours that each member watches by an idle TCP link. */
  readonly watchedNeighbours: number
  readonly gossipIntervalMs: number
  readonly gossipFanout: number
  /** Datagrams a tick at most, however long the queue is. */
  readonly gossipPacketsMax: number
  /** A change of state is forwarded at once, but not more often than this. */
  readonly eagerSpacingMs: number
  /** Sends of one update = this × ceil(log10(N + 1)) (SWIM §4.1). */
  readonly retransmitMult: number
  /** Of a datagram, its seal included: a full record must fit, and common tunnels must take it whole. */
  readonly packetBytesMax: number
  /** The newly dead still hear gossip for this long, so that they can refute. */
  readonly gossipToTheDeadMs: number
  /** At most one exchange in this time for each agent. */
  readonly antiEntropyIntervalMs: number
  /** A bucket that changed more recently than this is not compared. */
  readonly settleMs: number
  /** Dead rows leave the digest after this. */
  readonly deadDigestMs: number
  /** Dead and left rows are forgotten after this. */
  readonly tombstoneMs: number
  /** One dead member is pinged an interval, so that partitions heal. */
  readonly reconnectIntervalMs: number
  /** Highest local health score; windows stretch up to this + 1 times. */
  readonly localHealthMax: number
  /** A newcomer whose name is taken gives up after this. */
  readonly nameWaitMs: number
  /** Rows at most; further joins are refused. */
  readonly membersMax: number
}

const LAN: SwimConfig = {
  mode: "conclave",
  probeIntervalMs: 1000,
  probeTimeoutMinMs: 75,
  probeTimeoutMaxMs: 500,
  probeWindowMinMs: 300,
  indirectProbes: 3,
  suspicionFloorMs: 3300,
  suspicionMultMilli: 2200,
  suspicionMaxMult: 4,
  confirmations: 2,
  linkSuspicionMs: 500,
  redialMs: 300,
  watchedNeighbours: 3,
  gossipIntervalMs: 200,
  gossipFanout: 3,
  gossipPacketsMax: 10,
  eagerSpacingMs: 20,
  retransmitMult: 4,
  packetBytesMax: 1336,
  gossipToTheDeadMs: 30_000,
  antiEntropyIntervalMs: 10_000,
  settleMs: 5000,
  deadDigestMs: 3_600_000,
  tombstoneMs: 86_400_000,
  reconnectIntervalMs: 5000,
  localHealthMax: 8,
  nameWaitMs: 60_000,
  membersMax: 10_000,
}

const LOCAL: SwimConfig = {
  ...LAN,
  probeIntervalMs: 500,
  probeTimeoutMaxMs: 300,
  suspicionFloorMs: 2000,
  gossipIntervalMs: 100,
  gossipToTheDeadMs: 15_000,
  reconnectIntervalMs: 1000,
}

const WAN: SwimConfig = {
  ...LAN,
  probeIntervalMs: 5000,
  probeTimeoutMinMs: 500,
  probeTimeoutMaxMs: 3000,
  probeWindowMinMs: 2000,
  suspicionFloorMs: 10_000,
  suspicionMultMilli: 3000,
  linkSuspicionMs: 1500,
  redialMs: 1000,
  gossipIntervalMs: 500,
  gossipFanout: 4,
  eagerSpacingMs: 50,
  gossipToTheDeadMs: 60_000,
  antiEntropyIntervalMs: 20_000,
  reconnectIntervalMs: 15_000,
}

/** The constants of memberlist's LAN configuration, which the papers' figures are compared with. */
const BASELINE: Partial<SwimConfig> = {
  probeIntervalMs: 1000,
  probeTimeoutMinMs: 500,
  probeTimeoutMaxMs: 500,
  probeWindowMinMs: 1000,
  suspicionFloorMs: 0,
  suspicionMultMilli: 4000,
  suspicionMaxMult: 6,
  antiEntropyIntervalMs: 30_000,
  reconnectIntervalMs: 30_000,
}

/** The constants of a profile; a mode other than `conclave` takes the papers' LAN constants. */
export function swimConfig(profile: Profile = "lan", mode: Mode = "conclave"): SwimConfig {
  const chosen = { local: LOCAL, lan: LAN, wan: WAN }[profile]
  if (mode === "conclave") return chosen
  return { ...LAN, ...BASELINE, mode, suspicionMaxMult: mode === "swim" ? 1 : 6 }
}

/** Why a configuration cannot work, each with the field; empty when it can. */
export function configProblems(c: SwimConfig): readonly { readonly key: keyof SwimConfig; readonly message: string }[] {
  const problems: { key: keyof SwimConfig; message: string }[] = []
  const claim = (holds: boolean, key: keyof SwimConfig, message: string): void => {
    if (!holds) problems.push({ key, message })
  }
  claim(c.probeIntervalMs >= 50, "probeIntervalMs", "must be at least 50ms")
  claim(c.probeTimeoutMinMs >= 10, "probeTimeoutMinMs", "must be at least 10ms")
  claim(c.probeTimeoutMaxMs >= c.probeTimeoutMinMs, "probeTimeoutMaxMs", "must not be below the minimum")
  // Without room between timeout and interval the indirect probe never gets a turn.
  claim(
    c.probeTimeoutMaxMs * 3 <= c.probeIntervalMs * 2,
    "probeTimeoutMaxMs",
    "must be at most two thirds of the probe interval",
  )
  claim(c.probeWindowMinMs <= c.probeIntervalMs, "probeWindowMinMs", "must not exceed the probe interval")
  claim(c.indirectProbes >= 0 && c.indirectProbes <= 16, "indirectProbes", "must be 0 to 16")
  claim(c.suspicionMaxMult >= 1 && c.suspicionMaxMult <= 20, "suspicionMaxMult", "must be 1 to 20")
  claim(c.confirmations >= 0 && c.confirmations <= 5, "confirmations", "must be 0 to 5")
  claim(c.gossipIntervalMs >= 10, "gossipIntervalMs", "must be at least 10ms")
  claim(c.gossipFanout >= 1 && c.gossipFanout <= 9, "gossipFanout", "must be 1 to 9")
  claim(c.packetBytesMax >= 1336 && c.packetBytesMax <= 1400, "packetBytesMax", "must be 1336 to 1400 bytes")
  claim(c.watchedNeighbours >= 0 && c.watchedNeighbours <= 8, "watchedNeighbours", "must be 0 to 8")
  claim(c.localHealthMax >= 0 && c.localHealthMax <= 8, "localHealthMax", "must be 0 to 8")
  return problems
}

export function checkConfig(config: SwimConfig): void {
  const first = configProblems(config)[0]
  assert(first === undefined, `swim config ${first?.key ?? ""} ${first?.message ?? ""}`)
}
