import type { Addr, NodeId } from "@conclave/base"
import type { Candidate, ClusterId, FoundingRecord, FoundingState } from "@conclave/consensus"
import { foundingBegins, Unanimity } from "@conclave/consensus"
import type { Answer, Ask, FoundingConfig, FoundingEffect, FoundingInput } from "@conclave/consensus/founding/types"

/** A message that was ever sent: from then on it may come at any time, any number of times, or never. */
export interface Sent {
  readonly from: number
  readonly to: number
  readonly ask: Ask
  /** Absent: it is the question. */
  readonly answer?: Answer
}

/** The same message is one object, so that sets of them are quickly compared. */
export interface Posted {
  readonly number: number
  readonly text: string
  readonly sent: Sent
}

const POSTED: Map<string, Posted> = new Map()

function posted(sent: Sent): Posted {
  const text = JSON.stringify(sent)
  const known = POSTED.get(text) ?? { number: POSTED.size, text, sent }
  POSTED.set(text, known)
  return known
}

type Write =
  | { readonly kind: "record"; readonly record: FoundingRecord }
  | { readonly kind: "cluster"; readonly cluster: ClusterId }

export interface Node {
  readonly state: FoundingState
  readonly nowMs: number
  readonly disk: { readonly record: FoundingRecord; readonly cluster: ClusterId | undefined }
  /** Asked of the disk, in order; not on it yet. */
  readonly writes: readonly Write[]
  readonly isDead: boolean
}

/** Everything there is, as plain data: each action makes another one. */
export interface World {
  readonly nodes: readonly Node[]
  /** By number. */
  readonly net: readonly Posted[]
  /** Clusters that were founded so far, by founder. */
  readonly founded: readonly string[]
  readonly crashes: number
  readonly failures: number
  readonly deaths: number
  /** What must never be, and is. */
  readonly broken: string | undefined
}

export interface Scope {
  readonly expects: readonly number[]
  /** What each node may see of the others, now this and now that. */
  readonly views: readonly (readonly (readonly number[])[])[]
  readonly attempts: number
  readonly crashes: number
  readonly failures: number
  readonly deaths: number
}

export const ids: readonly NodeId[] = ["a", "b", "c", "d"].map((name) => name as NodeId)

export function candidate(at: number, expects: number): Candidate {
  const name = ids[at] as NodeId
  return { id: name, name, addr: `10.0.0.${at + 1}:7951` as Addr, expects, wish: "auto" }
}

function configOf(at: number, { expects }: Scope): FoundingConfig {
  const times = { settleMs: 0, limitMs: 1, askEveryMs: 2, verdictEveryMs: 1, pauseMs: 0, pauseMaxMs: 0, diskAgainMs: 1 }
  return { self: candidate(at, expects[at] ?? 0), ...times }
}

export function firstWorld(scope: Scope): World {
  const nodes = scope.expects.map((_, at): Node => {
    const record = { line: `line ${ids[at]}`, number: 0, isOpen: false, pledge: undefined }
    const disk = { record, cluster: undefined }
    return { state: foundingBegins(record), nowMs: 0, disk, writes: [], isDead: false }
  })
  const { crashes, failures, deaths } = scope
  return { nodes, net: [], founded: [], crashes, failures, deaths, broken: undefined }
}

function replaced(world: World, at: number, node: Node): World {
  return { ...world, nodes: world.nodes.map((each, index) => (index === at ? node : each)) }
}

/** Has node `at` take an input, and does what it wants done. */
export function step(scope: Scope, world: World, at: number, input: FoundingInput): World {
  const before = world.nodes[at] as Node
  const state = { ...before.state }
  const core = new Unanimity(configOf(at, scope), state)
  const effects = core.step(before.nowMs, input)
  let next = replaced(world, at, { ...before, state: relative(state, before.nowMs), nowMs: 0 })
  for (const effect of effects) next = perform(next, at, effect)
  return next
}

/** What of an answer makes a difference to a founder, beside a promise. */
const FINAL: ReadonlySet<string> = new Set(["cluster", "differs", "outranked"])

/** Only what is still to come differs between two states; clocks have nothing in common. */
function relative(state: FoundingState, nowMs: number): FoundingState {
  const left = (untilMs: number): number => Math.max(0, untilMs - nowMs)
  const { rewriteMs, endMs, askMs, foundMs, pausedUntilMs, verdictMs, record, members } = state
  const isOpen = record.isOpen && members !== undefined
  return {
    ...state,
    rewriteMs: left(rewriteMs),
    othersSinceMs: 0,
    endMs: isOpen ? left(endMs) : 0,
    askMs: isOpen ? left(askMs) : 0,
    foundMs: left(foundMs),
    pausedUntilMs: left(pausedUntilMs),
    verdictMs: record.pledge === undefined ? 0 : left(verdictMs),
    verdict: undefined,
    failures: 0,
    failure: undefined,
    lastHeard: state.lastHeard.filter(({ heard }) => FINAL.has(heard.kind)),
  }
}

function perform(world: World, at: number, effect: FoundingEffect): World {
  const node = world.nodes[at] as Node
  switch (effect.kind) {
    case "persist":
      return replaced(world, at, { ...node, writes: [...node.writes, { kind: "record", record: effect.record }] })
    case "found":
      return asksForCluster(world, at, `${ids[at]}${node.state.record.number}` as ClusterId)
    case "adopt":
      return asksForCluster(blamed(world, phantom(world, effect.cluster)), at, effect.cluster)
    case "ask":
      return send(world, { from: at, to: ids.indexOf(effect.to), ask: effect.ask })
    case "answer": {
      const { from, ask } = caller(effect.call)
      const told = blamed(world, unfounded(node, { from, ask, answer: effect.answer }))
      return send(told, { from: at, to: from, ask, answer: effect.answer })
    }
    case "news":
      return world
  }
}

function asksForCluster(world: World, at: number, cluster: ClusterId): World {
  const node = world.nodes[at] as Node
  if (node.disk.cluster !== undefined || node.writes.some(({ kind }) => kind === "cluster")) return world
  return replaced(world, at, { ...node, writes: [...node.writes, { kind: "cluster", cluster }] })
}

function send(world: World, sent: Sent): World {
  const message = posted(sent)
  if (world.net.includes(message)) return world
  return { ...world, net: [...world.net, message].sort((a, b) => a.number - b.number) }
}

/** A call's number says everything of it, so that equal worlds have equal ones. */
function numberOf({ from, ask }: Pick<Sent, "from" | "ask">): number {
  const expects = ask.kind === "propose" ? ask.expects : 0
  return ((from * 8 + expects) * 8 + ask.number) * 8 + ids.findIndex((id) => ask.line === `line ${id}`)
}

function caller(call: number): Pick<Sent, "from" | "ask"> {
  const expects = Math.floor(call / 64) % 8
  const attempt = { line: `line ${ids[call % 8]}`, number: Math.floor(call / 8) % 8 }
  const ask: Ask = expects > 0 ? { kind: "propose", expects, ...attempt } : { kind: "verdict", ...attempt }
  return { from: Math.floor(call / 512), ask }
}

export function delivered(scope: Scope, world: World, { from, to, ask, answer }: Sent): World {
  const peer = ids[from] as NodeId
  if (answer !== undefined) return step(scope, world, to, { kind: "heard", from: peer, ask, heard: answer })
  return step(scope, world, to, { kind: "asked", call: numberOf({ from, ask }), from: peer, ask })
}

/** The first write of a node is on its disk. */
function onDisk(node: Node): Node {
  const [write, ...writes] = node.writes
  if (write === undefined) return node
  const disk =
    write.kind === "record" ? { ...node.disk, record: write.record } : { ...node.disk, cluster: write.cluster }
  return { ...node, disk, writes }
}

export function writes(scope: Scope, world: World, at: number): World {
  const node = world.nodes[at] as Node
  const next = replaced(world, at, onDisk(node))
  if (node.writes[0]?.kind === "record") return step(scope, next, at, { kind: "persisted", isDurable: true })
  return belongs(scope, next, at)
}

/** It may be on the disk all the same. */
export function failsToWrite(scope: Scope, world: World, at: number, isThere: boolean): World {
  const node = world.nodes[at] as Node
  const left = isThere ? onDisk(node) : { ...node, writes: node.writes.slice(1) }
  const next = { ...replaced(world, at, left), failures: world.failures - 1 }
  if (node.writes[0]?.kind === "record") return step(scope, next, at, { kind: "persisted", isDurable: false })
  return step(scope, next, at, { kind: "notFounded" })
}

/** A host that begins: with what the disk has, and with what it has of what was on its way there. */
export function crashes(scope: Scope, world: World, at: number, isThere: boolean): World {
  const node = world.nodes[at] as Node
  const { disk } = isThere ? onDisk(node) : node
  const begun = { state: foundingBegins(disk.record), nowMs: 0, disk, writes: [], isDead: false }
  const next = { ...replaced(world, at, begun), crashes: world.crashes - 1 }
  return disk.cluster === undefined ? step(scope, next, at, { kind: "tick" }) : belongs(scope, next, at)
}

export function dies(world: World, at: number): World {
  const node = world.nodes[at] as Node
  return { ...replaced(world, at, { ...node, isDead: true, writes: [] }), deaths: world.deaths - 1 }
}

/** It sees through gossip that `other` belongs to a cluster. */
export function sights(world: World, at: number, other: number): World {
  return asksForCluster(world, at, (world.nodes[other] as Node).disk.cluster as ClusterId)
}

function belongs(scope: Scope, world: World, at: number): World {
  const cluster = (world.nodes[at] as Node).disk.cluster as ClusterId
  const isNew = cluster.startsWith(ids[at] as string) && !world.founded.includes(cluster)
  const founded = isNew ? [...world.founded, cluster].sort() : world.founded
  const counted = { ...world, founded }
  const living = founded.filter((each) => world.nodes[ids.indexOf(each.slice(0, 1) as NodeId)]?.isDead === false)
  const told = blamed(counted, living.length > 1 ? `two clusters: ${living.join(", ")}` : undefined)
  return step(scope, told, at, { kind: "belongs", cluster })
}

function blamed(world: World, broken: string | undefined): World {
  return broken === undefined || world.broken !== undefined ? world : { ...world, broken }
}

function phantom(world: World, cluster: ClusterId): string | undefined {
  const isThere = world.nodes.some(({ disk }) => disk.cluster === cluster)
  return isThere ? undefined : `cluster ${cluster} is told of, and no disk has it`
}

/** What leaves a node is on its disk. */
function unfounded({ disk }: Node, { from, ask, answer }: Omit<Sent, "to">): string | undefined {
  const { record, cluster } = disk
  const { pledge, line, number, isOpen } = record
  const isHere = (has: { readonly line: string; readonly number: number }): boolean =>
    has.line === ask.line && has.number === ask.number
  switch (answer?.kind) {
    case "pledged":
      if (pledge !== undefined && pledge.founder === ids[from] && isHere(pledge)) return undefined
      return "a promise is not on the disk of who gives it"
    case "aborted":
      if (ask.number < number || (isHere({ line, number }) && !isOpen)) return undefined
      return "an attempt is aborted, and not on the founder's disk"
    case "cluster":
      return cluster === answer.cluster ? undefined : "a cluster is told of, and not on the disk of who tells"
    default:
      return undefined
  }
}
