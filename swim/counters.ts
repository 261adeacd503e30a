/** What a core counted since its start; each name is a metric. */
export interface Counters {
  probes: number
  probeFailures: number
  indirectProbes: number
  nacksReceived: number
  relays: number
  relaysRefused: number
  refutations: number
  suspicions: number
  deaths: number
  exchanges: number
  wrongTarget: number
  forgedAcks: number
  ownEchoes: number
  rowsRefused: number
  stalls: number
}

export function newCounters(): Counters {
  return {
    probes: 0,
    probeFailures: 0,
    indirectProbes: 0,
    nacksReceived: 0,
    relays: 0,
    relaysRefused: 0,
    refutations: 0,
    suspicions: 0,
    deaths: 0,
    exchanges: 0,
    wrongTarget: 0,
    forgedAcks: 0,
    ownEchoes: 0,
    rowsRefused: 0,
    stalls: 0,
  }
}
