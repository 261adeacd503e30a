import { ok } from "node:assert/strict"
import type { Random } from "@conclave/base"
import { type ReplicaId, raftConfig, replicas } from "@conclave/consensus"
import { CALM, Cluster, type ClusterNode, type ClusterShape, members } from "./cluster.ts"

/** Replica ids that a run may use; one that was taken out never comes back. */
const IDS_MAX = 12
const VOTERS_MAX = 5
const HEAL_LIMIT_MS = 30_000

/** A founder, then faults for so long, then peace: everything must be well again. */
export function runCluster(seed: number, faultsMs: number): Cluster {
  const cluster = new Cluster(seed, shapeOf(seed))
  grow(cluster)
  const untilMs = cluster.nowMs + faultsMs
  disturb(cluster, untilMs)
  work(cluster, untilMs)
  cluster.run(untilMs)
  heal(cluster)
  return cluster
}

function shapeOf(seed: number): ClusterShape {
  const pick = <T>(from: readonly [T, ...T[]], by: number): T => from[Math.floor(seed / by) % from.length] ?? from[0]
  return {
    config: raftConfig({
      heartbeatMs: 60,
      electionMs: 400,
      appendBytesMax: pick([1024, 100, 1], 1),
      inflightMax: pick([8, 1, 3], 3),
      inflightBytesMax: pick([4096, 200], 2),
      uncommittedBytesMax: pick([10_000, 300], 5),
      uncommittedReserveBytes: 200,
      readsMax: pick([100, 3], 7),
      promoteGapMax: 8,
      keepEntries: pick([0, 3, 40], 4),
      featureLevelMax: pick([1, 3], 3),
      hintGuardMs: 2000,
      hintGuardMaxMs: 8000,
    }),
    snapshotEvery: pick([1, 7, 60, 1_000_000], 1),
    syncMsMax: pick([5, 60, 2], 2),
  }
}

/** From one voter to three, as a new group does. */
function grow(cluster: Cluster): void {
  const wanted = 3
  let learners: readonly ReplicaId[] = []
  const isGrown = (): boolean => {
    const { leader } = cluster
    if (leader === undefined) return false
    const { group } = leader.raft
    if (group.voters.length === wanted && group.outgoing.length === 0)
      return leader.raft.log.groupIndex <= leader.raft.commit
    if (learners.length === 0) learners = [cluster.mint(), cluster.mint()]
    if (group.learners.length === 0) cluster.changeGroup(leader, group.voters, learners)
    else cluster.changeGroup(leader, [...group.voters, ...learners], [])
    return false
  }
  let done = false
  const look = (): void => {
    done = isGrown()
    if (!done) cluster.after(50, look)
  }
  look()
  ok(
    cluster.run(cluster.nowMs + 30_000, () => done),
    "a founder becomes a group of three",
  )
}

/** Proposals and reads at whoever is there. */
function work(cluster: Cluster, untilMs: number): void {
  const { random } = cluster
  const once = (): void => {
    if (cluster.nowMs >= untilMs) return
    const node = random.chance(2, 3) ? cluster.leader : anyNode(cluster)
    // Whoever was deposed and has not heard of it must not answer.
    for (const each of cluster.nodes.values()) if (each !== node && each.raft.role === "leader") cluster.read(each)
    if (node !== undefined) {
      if (random.chance(2, 5)) cluster.read(node)
      else {
        const burst = random.chance(1, 4) ? 1 + random.below(8) : 1
        for (let count = 0; count < burst; count++) {
          cluster.propose(node, 1 + random.below(60), random.chance(1, 5))
        }
      }
    }
    cluster.after(1 + random.below(40), once)
  }
  once()
}

function disturb(cluster: Cluster, untilMs: number): void {
  const { random } = cluster
  const calmMs = random.pick([600, 2500, 6000])
  const once = (): void => {
    if (cluster.nowMs >= untilMs) return
    FAULTS[random.below(FAULTS.length)]?.(cluster, random)
    cluster.after(20 + random.below(random.chance(1, 4) ? calmMs : calmMs / 6), once)
  }
  once()
}

/** Leaders that bring their entries to some, then fall: the figures 7 and 8 of the paper. */
function shortReigns(cluster: Cluster, random: Random): void {
  cluster.weather = { ...CALM, appendLossPercent: random.pick([50, 80]) }
  let left = 3 + random.below(6)
  const once = (): void => {
    if (left-- > 0) {
      if (random.chance(2, 3)) crash(cluster, random, cluster.leader)
      else isolate(cluster, random, cluster.leader)
      cluster.after(100 + random.below(1500), once)
    } else cluster.weather = CALM
  }
  once()
}

type Fault = (cluster: Cluster, random: Random) => void

const FAULTS: readonly Fault[] = [
  (cluster, random) => crash(cluster, random, anyNode(cluster)),
  (cluster, random) => crash(cluster, random, cluster.leader),
  (cluster, random) => {
    for (const node of [...cluster.nodes.values()]) if (random.chance(1, 2)) crash(cluster, random, node)
  },
  (cluster, random) => pause(cluster, random, anyNode(cluster)),
  (cluster, random) => pause(cluster, random, cluster.leader),
  partition,
  oneWay,
  (cluster, random) => isolate(cluster, random, cluster.leader),
  (cluster, random) => isolate(cluster, random, anyNode(cluster)),
  (cluster, random) => {
    const latePercent = random.below(20)
    cluster.weather = {
      ...{ lossPercent: random.below(30), duplicatePercent: random.below(30), latePercent },
      appendLossPercent: random.pick([0, 0, 50, 90]),
      lateMsMax: random.pick([100, 1000, 5000]),
    }
  },
  (cluster) => {
    cluster.weather = CALM
    cluster.cuts.clear()
  },
  shortReigns,
  shortReigns,
  changeGroup,
  changeGroup,
  changeGroup,
  (cluster, random) => {
    const { leader } = cluster
    const to = anyNode(cluster)?.id
    if (leader !== undefined) {
      cluster.input(leader, { kind: "transfer", ...(to === undefined || random.chance(1, 2) ? {} : { to }) })
    }
  },
  (cluster, random) => {
    const to = anyNode(cluster)?.id
    if (cluster.leader === undefined) return
    cluster.input(cluster.leader, { kind: "announce", ...(to === undefined || random.chance(1, 2) ? {} : { to }) })
  },
  leaderGone,
  standStill,
  usurp,
  (cluster, random) => {
    const node = random.chance(1, 2) ? cluster.leader : anyNode(cluster)
    if (node === undefined) return
    cluster.disk(node, "stalled")
    cluster.after(random.below(2000), () => cluster.disk(node, "ok"))
  },
]

function leaderGone(cluster: Cluster, random: Random): void {
  const { leader } = cluster
  if (leader === undefined) return
  for (const node of [...cluster.nodes.values()]) {
    if (random.chance(3, 4)) cluster.input(node, { kind: "leaderGone", leader: leader.id })
  }
}

/** Links that stand still lose nothing: what comes out of them first may be of an earlier reign. */
function standStill(cluster: Cluster, random: Random): void {
  cluster.hold(
    links(cluster).filter(() => random.chance(1, 4)),
    50 + random.below(1500),
  )
}

/** Nothing passes from and to the leader for a moment, and the others take it for gone. */
function usurp(cluster: Cluster, random: Random): void {
  const { leader } = cluster
  if (leader === undefined) return
  const own = links(cluster).filter((link) => link.split(">").includes(leader.id))
  cluster.hold(own, 100 + random.below(400))
  for (const node of [...cluster.nodes.values()]) {
    if (node !== leader) cluster.input(node, { kind: "leaderGone", leader: leader.id })
  }
}

function links(cluster: Cluster): readonly string[] {
  const ids = [...cluster.disks.keys()]
  return ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => `${from}>${to}`))
}

function anyNode(cluster: Cluster): ClusterNode | undefined {
  const nodes = [...cluster.nodes.values()]
  return nodes.length === 0 ? undefined : cluster.random.pick(nodes)
}

function crash(cluster: Cluster, random: Random, node: ClusterNode | undefined): void {
  if (node === undefined || node.isEnded) return
  cluster.crash(node.id)
  cluster.after(random.below(random.chance(1, 2) ? 100 : 3000), () => {
    if (!cluster.nodes.has(node.id)) cluster.start(node.id)
  })
}

function pause(cluster: Cluster, random: Random, node: ClusterNode | undefined): void {
  if (node !== undefined) cluster.pause(node.id, 50 + random.below(2000))
}

function partition(cluster: Cluster, random: Random): void {
  const ids = [...cluster.disks.keys()]
  const left = new Set(ids.filter(() => random.chance(1, 2)))
  cut(cluster, random, (from, to) => left.has(from) !== left.has(to))
}

function oneWay(cluster: Cluster, random: Random): void {
  cut(cluster, random, () => random.chance(1, 4))
}

function isolate(cluster: Cluster, random: Random, node: ClusterNode | undefined): void {
  cut(cluster, random, (from, to) => from === node?.id || to === node?.id)
}

function cut(cluster: Cluster, random: Random, isCut: (from: ReplicaId, to: ReplicaId) => boolean): void {
  const added: string[] = []
  for (const from of cluster.disks.keys()) {
    for (const to of cluster.disks.keys()) if (from !== to && isCut(from, to)) added.push(`${from}>${to}`)
  }
  for (const each of added) cluster.cuts.add(each)
  cluster.after(100 + random.below(4000), () => {
    for (const each of added) cluster.cuts.delete(each)
  })
}

/** Any group that can be made of those who are in it, and sometimes of one more. */
function changeGroup(cluster: Cluster, random: Random): void {
  const { leader } = cluster
  if (leader === undefined) return
  const { group } = leader.raft
  const isNew = group.learners.length === 0 && cluster.minted < IDS_MAX && random.chance(2, 3)
  const learners = isNew ? [...group.learners, cluster.mint()] : [...group.learners]
  if (isNew) return cluster.changeGroup(leader, group.voters, learners)
  const pool = random.chance(1, 3) ? [...group.voters, ...learners] : [...group.voters]
  if (learners.length > 0 && pool.length === group.voters.length) pool.push(random.pick(learners))
  random.shuffle(pool)
  const size = 1 + random.below(Math.min(VOTERS_MAX, pool.length))
  const voters = pool.slice(0, Math.max(size, Math.min(pool.length, 2)))
  const rest = [...replicas(group)].filter((id) => !voters.includes(id) && random.chance(1, 2))
  cluster.changeGroup(leader, voters, rest)
}

/** No more faults: one leader, one log, no half change, and a write and a read go through. */
function heal(cluster: Cluster): void {
  cluster.weather = CALM
  cluster.cuts.clear()
  for (const id of cluster.disks.keys()) if (!cluster.nodes.has(id)) cluster.start(id)
  for (const node of [...cluster.nodes.values()]) cluster.disk(node, "ok")
  const since = cluster.nowMs
  const isCalm = (): boolean => {
    const all = members(cluster)
    const { leader } = cluster
    if (all === undefined || leader === undefined || leader.raft.group.outgoing.length > 0) return false
    return all.every((node) => {
      const { raft } = node
      return (
        raft.term === leader.raft.term &&
        raft.commit === raft.log.last &&
        node.machine.index === leader.raft.log.last &&
        raft.featureLevel === raft.log.featureLevel &&
        raft.featureLevel === cluster.shape.config.featureLevelMax
      )
    })
  }
  const isDone = watched(cluster, isCalm)
  ok(cluster.run(since + HEAL_LIMIT_MS, isDone), "peace makes one leader and one log")
  cluster.healedMs = cluster.nowMs - since
  const { leader } = cluster
  ok(leader !== undefined, "there is a leader")
  const before = leader.raft.commit
  // A transfer that is still under way refuses it: whoever proposes asks again.
  const propose = (): void => {
    if (cluster.checks.committed > before || cluster.leader === undefined) return
    cluster.propose(cluster.leader, 10, false)
    cluster.after(300, propose)
  }
  propose()
  for (const node of members(cluster) ?? []) cluster.read(node)
  const [reads, changes] = [cluster.reads.size, cluster.changes.size]
  const isAllAnswered = (): boolean => cluster.reads.size + cluster.changes.size === 0
  ok(
    cluster.run(
      cluster.nowMs + 10_000,
      watched(cluster, () => cluster.checks.committed > before && isCalm() && isAllAnswered()),
    ),
    `a write and ${reads} reads go through, and ${changes} changes are answered`,
  )
}

/** `run` asks after each event: looking every 10 ms is enough. */
function watched(cluster: Cluster, isTrue: () => boolean): () => boolean {
  let nextMs = 0
  return () => {
    if (cluster.nowMs < nextMs) return false
    nextMs = cluster.nowMs + 10
    return isTrue()
  }
}
