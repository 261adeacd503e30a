import { hashNumber, hashText } from "@conclave/base"
import { Unanimity } from "@conclave/consensus"
import {
  candidate,
  crashes,
  delivered,
  dies,
  failsToWrite,
  firstWorld,
  ids,
  type Node,
  type Scope,
  sights,
  step,
  type World,
  writes,
} from "./model-world.ts"

const MIX = 0x9e3779b9
/** Rounds in which nothing goes wrong any more: by then all must be well. */
const CALM_ROUNDS = 40

export interface Explored {
  readonly states: number
  /** The shortest that is known: what was done, and what is wrong then. */
  readonly broken: { readonly why: string; readonly path: readonly string[] } | undefined
  /** Of the worlds in which nothing goes wrong any more, those that were tried. */
  readonly calmed: number
}

export interface Search {
  readonly scope: Scope
  /** One world in so many is calmed, to see that all becomes well. */
  readonly calmOneIn: number
  readonly statesMax: number
}

interface Visited {
  readonly world: World
  readonly from: Visited | undefined
  readonly did: string
}

interface Action {
  readonly name: string
  readonly act: () => World
}

/** Breadth first over everything that may happen in a small world, each state once. */
export function explore({ scope, calmOneIn, statesMax }: Search): Explored {
  const seen = new Set<number>()
  let level: Visited[] = [{ world: firstWorld(scope), from: undefined, did: "" }]
  let calmed = 0
  while (level.length > 0) {
    const next: Visited[] = []
    for (const visited of level) {
      for (const { name, act } of actionsOf(scope, visited.world)) {
        const world = act()
        if (world.nodes.some(({ state }) => state.record.number > scope.attempts)) continue
        const key = keyOf(world)
        if (seen.has(key)) continue
        seen.add(key)
        const reached = { world, from: visited, did: name }
        const isCalmed = key % calmOneIn === 0
        if (isCalmed) calmed++
        const why = world.broken ?? (isCalmed ? unwell(scope, world) : undefined)
        if (why !== undefined) return { states: seen.size, calmed, broken: { why, path: pathOf(reached) } }
        if (seen.size > statesMax) throw new Error(`more than ${statesMax} states`)
        next.push(reached)
      }
    }
    level = next
  }
  return { states: seen.size, calmed, broken: undefined }
}

function pathOf(visited: Visited): readonly string[] {
  const path: string[] = []
  for (let at: Visited | undefined = visited; at !== undefined; at = at.from) path.unshift(at.did)
  return path.slice(1)
}

/** 53 bits: among some millions of states two of them are mistaken for one with a chance of 1 in 1000. */
function keyOf({ nodes, net, crashes, failures, deaths }: World): number {
  let [one, other] = [hashNumber(crashes * 100 + failures * 10 + deaths, 1), 2]
  for (const node of nodes) {
    const [first, second] = hashesOf(node)
    one = hashNumber(first, one)
    other = hashNumber(second, other)
  }
  for (const { number } of net) {
    one = hashNumber(number, one)
    other = hashNumber(number, other)
  }
  return one * 2 ** 21 + (other % 2 ** 21)
}

const HASHES: WeakMap<Node, readonly [number, number]> = new WeakMap()

/** Most nodes are those of the world before. */
function hashesOf(node: Node): readonly [number, number] {
  const known = HASHES.get(node)
  if (known !== undefined) return known
  const text = JSON.stringify(node)
  const hashes = [hashText(text), hashText(text, MIX)] as const
  HASHES.set(node, hashes)
  return hashes
}

function actionsOf(scope: Scope, world: World): Action[] {
  return world.nodes.flatMap((node, at) => (node.isDead ? departures(scope, world, at) : ofNode(scope, world, at)))
}

function ofNode(scope: Scope, world: World, at: number): Action[] {
  const node = world.nodes[at] as Node
  const actions: Action[] = messages(scope, world, at)
  const name = ids[at]
  for (const view of scope.views[at] ?? []) {
    actions.push({ name: `${name} sees ${view}`, act: () => step(scope, world, at, viewOf(scope, at, view)) })
  }
  const dueMs = deadlineOf(scope, node, at)
  if (Number.isFinite(dueMs)) {
    actions.push({ name: `${name} rings`, act: () => rings(scope, world, at) })
  }
  if (node.writes.length > 0) actions.push({ name: `${name} writes`, act: () => writes(scope, world, at) })
  for (const isThere of node.writes.length > 0 ? [true, false] : [false]) {
    const how = isThere ? "after the write" : "before the write"
    if (world.crashes > 0)
      actions.push({ name: `${name} crashes ${how}`, act: () => crashes(scope, world, at, isThere) })
    if (world.failures === 0 || node.writes.length === 0) continue
    actions.push({ name: `${name} fails ${how}`, act: () => failsToWrite(scope, world, at, isThere) })
  }
  if (world.deaths > 0) actions.push({ name: `${name} dies`, act: () => dies(world, at) })
  return [...actions, ...sightings(world, at)]
}

function viewOf(scope: Scope, at: number, view: readonly number[]): Parameters<typeof step>[3] {
  const others = view.filter((each) => each !== at && each < scope.expects.length)
  return { kind: "view", others: others.map((each) => candidate(each, scope.expects[each] ?? 0)) }
}

function deadlineOf(scope: Scope, { state }: Node, at: number): number {
  const self = candidate(at, scope.expects[at] ?? 0)
  const times = { settleMs: 0, limitMs: 1, askEveryMs: 2, verdictEveryMs: 1, pauseMs: 0, pauseMaxMs: 0, diskAgainMs: 1 }
  return new Unanimity({ self, ...times }, { ...state }).nextDeadlineMs
}

function rings(scope: Scope, world: World, at: number): World {
  const node = world.nodes[at] as Node
  const late = { ...node, nowMs: Math.max(0, deadlineOf(scope, node, at)) }
  const nodes = world.nodes.map((each, index) => (index === at ? late : each))
  return step(scope, { ...world, nodes }, at, { kind: "tick" })
}

function messages(scope: Scope, world: World, at: number): Action[] {
  return world.net.flatMap(({ sent, text }) =>
    sent.to === at ? [{ name: `${ids[at]} hears ${text}`, act: () => delivered(scope, world, sent) }] : [],
  )
}

function sightings(world: World, at: number): Action[] {
  const { disk, writes: waiting } = world.nodes[at] as Node
  if (disk.cluster !== undefined || waiting.some(({ kind }) => kind === "cluster")) return []
  return world.nodes.flatMap(({ disk: other, isDead }, index) =>
    other.cluster === undefined || isDead
      ? []
      : [{ name: `${ids[at]} sees the cluster of ${ids[index]}`, act: () => sights(world, at, index) }],
  )
}

/** An operator has declared that the dead node is gone for good, and each of the others hears of it, or not. */
function departures(scope: Scope, world: World, dead: number): Action[] {
  return world.nodes.flatMap((node, at) => {
    const { pledge } = node.state.record
    if (node.isDead || pledge === undefined || pledge.founder !== ids[dead]) return []
    const ask = { kind: "verdict", line: pledge.line, number: pledge.number } as const
    const input = { kind: "heard", from: pledge.founder, ask, heard: { kind: "departed" } } as const
    return [{ name: `${ids[at]} hears that ${ids[dead]} departed`, act: () => step(scope, world, at, input) }]
  })
}

/** Nothing goes wrong any more, and all see each other: what is not well after a while. */
function unwell(scope: Scope, first: World): string | undefined {
  const living = first.nodes.filter(({ isDead }) => !isDead).length
  if (first.nodes.some(({ isDead, disk }) => isDead && disk.cluster !== undefined)) return undefined
  let world: World = { ...first, net: [] }
  for (let round = 0; round < CALM_ROUNDS; round++) world = calmRound(scope, world)
  const left = world.nodes.filter(({ isDead, disk }) => !isDead && disk.cluster === undefined).length
  const isPossible = living >= (scope.expects[0] ?? 0)
  return left > 0 && isPossible ? `${left} of ${living} are in no cluster at the end` : world.broken
}

/** Whatever is said arrives at once, and every disk writes at once. */
function calmRound(scope: Scope, first: World): World {
  const living = first.nodes.flatMap(({ isDead }, at) => (isDead ? [] : [at]))
  let world = first
  for (const at of living) world = settled(scope, step(scope, world, at, viewOf(scope, at, living)))
  for (const at of living) {
    const [seen] = sightings(world, at)
    if (seen !== undefined) world = settled(scope, seen.act())
    for (const { act } of living.length < scope.expects.length ? allDepartures(scope, world) : [])
      world = settled(scope, act())
    if (Number.isFinite(deadlineOf(scope, world.nodes[at] as Node, at))) world = settled(scope, rings(scope, world, at))
  }
  return world
}

function allDepartures(scope: Scope, world: World): readonly Action[] {
  const [first] = world.nodes.flatMap(({ isDead }, at) => (isDead ? departures(scope, world, at) : []))
  return first === undefined ? [] : [first]
}

function settled(scope: Scope, first: World): World {
  let world = first
  for (;;) {
    const busy = world.nodes.findIndex(({ writes: waiting, isDead }) => waiting.length > 0 && !isDead)
    const [message, ...net] = world.net
    if (busy >= 0) world = writes(scope, world, busy)
    else if (message === undefined) return world
    else {
      world = { ...world, net }
      if (world.nodes[message.sent.to]?.isDead === false) world = delivered(scope, world, message.sent)
    }
  }
}
