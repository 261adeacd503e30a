import type { CommandResult, HoldEnd, Item, PoolConfig, SessionId, WorkCommand } from "@conclave/consensus"
import { refuse, revNow } from "./naive-answers.ts"
import type { NaiveHold, NaiveItem, NaiveLists, NaivePool } from "./naive-types.ts"

/** Pools and their items, as lists that are searched from one end to the other. */

const DEFAULTS: PoolConfig = {
  ...{ partitions: 0, handoffTimeoutMs: 30_000, restartGraceMs: 30_000, spread: "host", maxAttempts: 10 },
}
const BRAKE = { share: 0.3, lost: 3, within: 60_000, lasts: 300_000, released: 0.15, together: 5000 }

type Of<Kind extends WorkCommand["kind"]> = Extract<WorkCommand, { kind: Kind }>

export function work(naive: NaiveLists, command: WorkCommand): CommandResult {
  switch (command.kind) {
    case "workConfigure":
      return configure(naive, command)
    case "workPut":
      return put(naive, command)
    case "workRemove":
      return remove(naive, command)
    case "workRetry": {
      const item = find(naive, command.pool, command.item)
      if (item === undefined) return refuse(naive, { kind: "unknown-item" })
      if (item.state === "failed") free(naive, item, { attempt: 1, losses: 0 })
      else if (item.state === "free" && item.keptUntil !== undefined && !isBelieved(naive, item)) free(naive, item, {})
      return { kind: "written", rev: revNow(naive) }
    }
    case "workSettle":
    case "workCheckpoint":
      return ofOwner(naive, command)
    case "workAssign":
      for (const move of command.moves.slice(0, 256)) make(naive, command.pool, move)
      return { kind: "done", rev: revNow(naive) }
  }
}

/** A worker's hold is over. */
export function departed(naive: NaiveLists, hold: NaiveHold, how: HoldEnd): void {
  const ttlMs = naive.sessions.find(({ id }) => id === hold.session)?.ttl ?? 0
  if (hold.kind === "work" && hold.token !== undefined) naive.departed.push({ hold, how, ttlMs })
}

/** A worker is there. */
export function joined(naive: NaiveLists, hold: NaiveHold): void {
  if (hold.kind === "work") naive.joined.push(hold)
}

/** Each worker and what it has. */
export function workersNow(naive: NaiveLists): ReadonlyMap<string, string> {
  return new Map(workers(naive).map((hold) => [keyOf(hold), standing(naive, hold)]))
}

function standing(naive: NaiveLists, hold: NaiveHold): string {
  return JSON.stringify([hold, own(naive, hold).map(({ item }) => item)])
}

/** Items follow their workers; those that have nothing any more and wanted to leave are returned. */
export function follow(naive: NaiveLists): NaiveHold[] {
  const gone = naive.departed
  naive.departed = []
  const byHold = (a: NaiveHold, b: NaiveHold): number => (keyOf(a) < keyOf(b) ? -1 : 1)
  const byKey = (a: { hold: NaiveHold }, b: { hold: NaiveHold }): number => byHold(a.hold, b.hold)
  const losses = gone.filter(({ how }) => how === "expired" || how === "session-lost").sort(byKey)
  for (const { hold } of losses) countLoss(naive, hold)
  for (const each of gone.sort(byKey)) {
    const { hold, how } = each
    const isLoss = how === "expired" || how === "session-lost"
    const suspects = own(naive, hold).filter(({ losses: times }) => times >= 2)
    for (const item of own(naive, hold)) {
      const isTask = poolOf(naive, item.pool).config.partitions === 0
      if (isLoss) lose(naive, item, { ...each, isBlamed: isTask && (suspects.length === 0 || suspects.includes(item)) })
      else free(naive, item, { target: item.target })
    }
  }
  for (const hold of workers(naive)) {
    // One that was asked already is asked anew when it has handed something back.
    if (!isLeaving(hold) || naive.before.get(keyOf(hold)) === standing(naive, hold)) continue
    const pool = poolOf(naive, hold.names[0] as string)
    const until = Math.min(
      handOffUntil(naive, pool.config, hold.session),
      hold.revoking?.untilMs ?? Number.POSITIVE_INFINITY,
    )
    for (const item of own(naive, hold)) {
      const asked = hold.revoking ?? { by: hold.id ?? "", reason: "drain" }
      const isAsked = item.state === "revoking" && (item.revoking?.untilMs ?? 0) <= until
      if (!isAsked) askBack(naive, item, { by: asked.by, reason: asked.reason, until, target: item.target })
    }
  }
  const came = naive.joined.filter((hold) => naive.holds.includes(hold) && !isLeaving(hold)).sort(byHold)
  naive.joined = []
  for (const hold of came) comeBack(naive, hold)
  const finished = workers(naive).filter((hold) => isLeaving(hold) && own(naive, hold).length === 0)
  return finished.sort(byHold)
}

/** Items whose time has come, and pools. */
export function workDues(naive: NaiveLists): { at: number; rank: number; id: string; act: () => void }[] {
  const items = naive.items.flatMap((item) => {
    const watched = item.state === "assigned" && item.losses >= 2 ? item.since + 10_000 : item.keptUntil
    const at = item.state === "revoking" ? item.revoking?.untilMs : watched
    return at === undefined ? [] : [{ at, rank: 9, id: `${item.pool} ${item.item}`, act: () => expire(naive, item) }]
  })
  const pools = naive.pools.flatMap((pool) => {
    return pool.brake === undefined
      ? []
      : [{ at: pool.brake.untilMs, rank: 10, id: pool.name, act: () => release(naive, pool) }]
  })
  const believed = naive.believed.map((each) => {
    return { at: each.until, rank: 8, id: `${each.pool} ${each.item}`, act: () => forget(naive, each) }
  })
  return [...items, ...pools, ...believed]
}

/** One item is taken by force: at once, or when its worker has had its time. */
export function revokeItem(
  naive: NaiveLists,
  { pool, token, graceMs, by, reason }: { pool: string; token: number; graceMs: number; by: string; reason: string },
): number[] {
  const item = naive.items.find((each) => each.pool === pool && each.owner?.token === token)
  if (item === undefined) return []
  const until = naive.time + graceMs
  if (graceMs === 0) free(naive, item, { target: item.target })
  else if (until < (item.revoking?.untilMs ?? Number.POSITIVE_INFINITY))
    askBack(naive, item, { by, reason, until, target: item.target })
  return [token]
}

function expire(naive: NaiveLists, item: NaiveItem): void {
  if (item.state === "revoking") return free(naive, item, { target: item.target })
  if (item.state === "assigned") {
    item.losses = 0
    naive.isChanged = true
    return
  }
  const until = poolOf(naive, item.pool).brake?.untilMs
  const isLonger = item.target !== undefined && until !== undefined && until !== item.keptUntil
  item.keptUntil = isLonger ? until : undefined
  naive.isChanged = true
}

function configure(naive: NaiveLists, { pool: name, config: wanted, ifRev }: Of<"workConfigure">): CommandResult {
  const known = naive.pools.find((each) => each.name === name)
  const current = known?.configuredAt ?? 0
  if (ifRev !== undefined && ifRev !== current) return refuse(naive, { kind: "conflict", reason: "rev", current })
  const said = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  const old = known?.config ?? DEFAULTS
  const config: PoolConfig = { ...old, ...said }
  if (config.maxAttempts < 1) return refuse(naive, { kind: "invalid", field: "maxAttempts" })
  if (current > 0 && Object.entries(config).every(([key, value]) => old[key as keyof PoolConfig] === value)) {
    return { kind: "written", rev: current }
  }
  const has = naive.items.some((each) => each.pool === name)
  if (config.partitions > 0 && old.partitions === 0 && has) return refuse(naive, { kind: "conflict", reason: "tasks" })
  naive.isChanged = true
  const pool = known ?? { name, config, configuredAt: 0, losses: [], brake: undefined }
  if (known === undefined) naive.pools.push(pool)
  pool.config = config
  pool.configuredAt = revNow(naive)
  for (let number = config.partitions; number < old.partitions; number++) takeAway(naive, name, String(number))
  for (let number = old.partitions; number < config.partitions; number++) create(naive, name, String(number), {})
  return { kind: "written", rev: revNow(naive) }
}

function put(naive: NaiveLists, { pool, item: name, payload, weight, pin }: Of<"workPut">): CommandResult {
  const known = find(naive, pool, name)
  if (weight < 1) return refuse(naive, { kind: "invalid", field: "weight" })
  if (known !== undefined) {
    if (known.payload === payload && known.weight === weight && known.pin === pin) {
      return { kind: "written", rev: revNow(naive) }
    }
    const holder = workers(naive).find((each) => keyOf(each) === known.owner?.key)
    const others = holder === undefined ? 0 : used(naive, holder) - known.weight
    const isTooHeavy = weight > known.weight && others + weight > (holder?.capacity ?? Number.POSITIVE_INFINITY)
    if (isTooHeavy) return refuse(naive, { kind: "conflict", reason: "capacity" })
    Object.assign(known, { payload, weight, pin })
    if (pin !== undefined && known.target !== undefined && known.target !== pin) {
      Object.assign(known, { target: undefined, keptUntil: undefined })
    }
    naive.isChanged = true
    return { kind: "written", rev: revNow(naive) }
  }
  if ((naive.pools.find((each) => each.name === pool)?.config.partitions ?? 0) > 0) {
    return refuse(naive, { kind: "conflict", reason: "partitioned" })
  }
  if (!naive.pools.some((each) => each.name === pool)) {
    const anew = { losses: [], brake: undefined }
    naive.pools.push({ name: pool, config: DEFAULTS, configuredAt: 0, ...anew })
  }
  create(naive, pool, name, { payload, weight, pin })
  return { kind: "written", rev: revNow(naive) }
}

function remove(naive: NaiveLists, { pool, item }: Of<"workRemove">): CommandResult {
  if (find(naive, pool, item) === undefined) return { kind: "removed", isRemoved: false, rev: revNow(naive) }
  if (poolOf(naive, pool).config.partitions > 0) return refuse(naive, { kind: "conflict", reason: "partitioned" })
  takeAway(naive, pool, item)
  return { kind: "removed", isRemoved: true, rev: revNow(naive) }
}

function ofOwner(naive: NaiveLists, command: Of<"workSettle"> | Of<"workCheckpoint">): CommandResult {
  const item = find(naive, command.pool, command.item)
  const owner = item?.owner
  if (item === undefined || owner === undefined || owner.token !== command.token) {
    return refuse(naive, { kind: "grant-lost", ...(owner === undefined ? {} : { current: owner.token as never }) })
  }
  if (owner.session !== command.request.session) return refuse(naive, { kind: "not-yours" })
  naive.isChanged = true
  if (command.kind === "workCheckpoint") item.checkpoint = command.value
  else settle(naive, item, command)
  return { kind: "written", rev: revNow(naive) }
}

function settle(naive: NaiveLists, item: NaiveItem, { result }: Of<"workSettle">): void {
  const { config } = poolOf(naive, item.pool)
  const isTask = config.partitions === 0
  if (result === "done" && isTask) return drop(naive, item.pool, item.item)
  if (result !== "failed") {
    const rest = item.state === "revoking" ? {} : { keptUntil: naive.time + 1000 }
    return free(naive, item, { ...rest, target: item.target, losses: 0, ...(result === "done" ? { attempt: 1 } : {}) })
  }
  const failures = !isTask && naive.time - item.since >= 60_000 ? 1 : item.attempt
  if (isTask && failures >= config.maxAttempts) return fail(naive, item)
  free(naive, item, { keptUntil: naive.time + backoff(failures), attempt: failures + 1, losses: 0 })
}

function lose(
  naive: NaiveLists,
  item: NaiveItem,
  { hold, ttlMs, isBlamed }: NaiveLists["departed"][number] & { isBlamed: boolean },
): void {
  const { config, brake } = poolOf(naive, item.pool)
  const attempt = isBlamed ? item.attempt + 1 : item.attempt
  const counts = { attempt, losses: isBlamed ? item.losses + 1 : item.losses }
  if (isBlamed && attempt > config.maxAttempts) return fail(naive, item)
  const isOthers = item.pin !== undefined && item.pin !== hold.id
  if (brake !== undefined && !isOthers) {
    return free(naive, item, { ...counts, target: isStable(hold) ? hold.id : undefined, keptUntil: brake.untilMs })
  }
  const rest = isBlamed && item.attempt > 1 ? backoff(item.attempt - 1) : 0
  if (isBlamed && counts.losses >= 2) return free(naive, item, { ...counts, keptUntil: naive.time + rest })
  const graceMs = Math.min(config.restartGraceMs, ttlMs)
  if (isStable(hold) && !isOthers && item.target === undefined && graceMs > 0) {
    return free(naive, item, { ...counts, target: hold.id, keptUntil: naive.time + graceMs })
  }
  if (rest > 0) free(naive, item, { ...counts, keptUntil: naive.time + rest })
  else free(naive, item, { ...counts, target: item.target })
}

function make(naive: NaiveLists, pool: string, { item: name, to, token }: Of<"workAssign">["moves"][number]): void {
  const item = find(naive, pool, name)
  const worker = workers(naive).find(
    (each) => each.session === to?.session && each.seq === to.seq && each.names[0] === pool && !isLeaving(each),
  )
  const isAsked = naive.sessions.find(({ id }) => id === worker?.session)?.revokeAt !== undefined
  const taker = isAsked ? undefined : worker
  if (item === undefined) return
  if (token !== undefined) {
    if (item.state !== "assigned" || item.owner?.token !== token) return
    if (to !== undefined && (taker === undefined || keyOf(taker) === item.owner.key)) return
    if (item.pin !== undefined && taker !== undefined && taker.id !== item.pin) return
    const until = handOffUntil(naive, poolOf(naive, pool).config, item.owner.session)
    return askBack(naive, item, { by: "planner", reason: "handoff", until, target: taker?.id })
  }
  if (taker === undefined || item.state !== "free") return
  if (item.keptUntil !== undefined && item.target !== taker.id) return
  if (item.pin !== undefined && item.pin !== taker.id) return
  if (item.losses >= 2 && own(naive, taker).some(({ losses }) => losses >= 2)) return
  if (used(naive, taker) + item.weight > (taker.capacity ?? Number.POSITIVE_INFINITY)) return
  const owner = { key: keyOf(taker), session: taker.session, id: taker.id ?? "", token: ++naive.token }
  Object.assign(item, { state: "assigned", owner, since: naive.time, target: undefined, keptUntil: undefined })
  naive.isChanged = true
}

function countLoss(naive: NaiveLists, hold: NaiveHold): void {
  const name = hold.names[0] as string
  const pool = naive.pools.find((each) => each.name === name)
  if (pool === undefined) return
  forgetOld(naive, pool)
  const id = isStable(hold) ? hold.id : undefined
  const last = pool.losses.findLast((each) => each.id === undefined)
  if (id !== undefined) {
    pool.losses = [...pool.losses.filter((each) => each.id !== id), { at: naive.time, id, count: 1 }]
  } else if (last !== undefined && naive.time - last.at < BRAKE.together) last.count++
  else pool.losses.push({ at: naive.time, id, count: 1 })
  const lost = pool.losses.reduce((sum, each) => sum + each.count, 0)
  const of = count(naive, name) + lost
  if (pool.brake !== undefined) pool.brake = { ...pool.brake, of: Math.max(pool.brake.of, of) }
  else if (lost >= BRAKE.lost && lost / of > BRAKE.share) pool.brake = { untilMs: naive.time + BRAKE.lasts, of }
  if (pool.brake !== undefined) naive.isChanged = true
}

/** The one of its id is missing no more, or else one without. */
function comeBack(naive: NaiveLists, { id, names }: NaiveHold): void {
  const pool = naive.pools.find(({ name }) => name === names[0])
  if (pool === undefined || pool.losses.length === 0) return
  forgetOld(naive, pool)
  const found = pool.losses.find((each) => each.id === id) ?? pool.losses.find((each) => each.id === undefined)
  if (found !== undefined) found.count--
  pool.losses = pool.losses.filter(({ count: left }) => left > 0)
  if (pool.brake === undefined) return
  naive.isChanged = true
  const missing = pool.losses.reduce((sum, each) => sum + each.count, 0)
  if (missing <= pool.brake.of * BRAKE.released) release(naive, pool)
}

function forgetOld(naive: NaiveLists, pool: NaivePool): void {
  if (pool.brake === undefined) pool.losses = pool.losses.filter(({ at }) => naive.time - at < BRAKE.within)
}

function release(naive: NaiveLists, pool: NaivePool): void {
  const until = pool.brake?.untilMs
  pool.brake = undefined
  pool.losses = []
  naive.isChanged = true
  for (const item of naive.items) {
    if (item.pool === pool.name && item.keptUntil === until && !isBelieved(naive, item)) item.keptUntil = undefined
  }
}

function create(naive: NaiveLists, pool: string, item: string, fields: Partial<NaiveItem>): void {
  naive.isChanged = true
  const believed = naive.believed.find((each) => each.pool === pool && each.item === item)
  naive.items.push({
    ...{ pool, item, order: ++naive.order, payload: undefined, weight: 1, pin: undefined, state: "free" },
    ...{ owner: undefined, target: undefined, keptUntil: believed?.until, revoking: undefined, attempt: 1 },
    ...{ losses: 0, checkpoint: undefined, since: naive.time, ...fields },
  })
}

/** Whoever has it may not hear of that before its session could have run out. */
function takeAway(naive: NaiveLists, pool: string, item: string): void {
  const owner = find(naive, pool, item)?.owner
  const ttl = naive.sessions.find(({ id }) => id === owner?.session)?.ttl ?? 0
  if (owner !== undefined) naive.believed.push({ pool, item, until: naive.time + ttl })
  drop(naive, pool, item)
}

function isBelieved(naive: NaiveLists, { pool, item }: NaiveItem): boolean {
  return naive.believed.some((each) => each.pool === pool && each.item === item)
}

function forget(naive: NaiveLists, believed: NaiveLists["believed"][number]): void {
  naive.believed = naive.believed.filter((each) => each !== believed)
  const item = find(naive, believed.pool, believed.item)
  if (item === undefined) return
  item.keptUntil = undefined
  naive.isChanged = true
}

function drop(naive: NaiveLists, pool: string, item: string): void {
  naive.items = naive.items.filter((each) => each.pool !== pool || each.item !== item)
  const isIdle = !naive.items.some((each) => each.pool === pool)
  naive.pools = naive.pools.filter((each) => each.name !== pool || each.configuredAt > 0 || !isIdle)
  naive.isChanged = true
}

function free(
  naive: NaiveLists,
  item: NaiveItem,
  to: Partial<Pick<NaiveItem, "target" | "keptUntil" | "attempt" | "losses">>,
): void {
  const { target, keptUntil, attempt = item.attempt, losses = item.losses } = to
  Object.assign(item, {
    state: "free",
    owner: undefined,
    revoking: undefined,
    since: naive.time,
    target,
    keptUntil,
    attempt,
    losses,
  })
  naive.isChanged = true
}

function fail(naive: NaiveLists, item: NaiveItem): void {
  free(naive, item, { losses: 0 })
  item.state = "failed"
}

function askBack(
  naive: NaiveLists,
  item: NaiveItem,
  { by, reason, until, target }: { by: string; reason: string; until: number; target: string | undefined },
): void {
  if (item.state !== "revoking") item.since = naive.time
  const untilMs = Math.min(until, item.revoking?.untilMs ?? until)
  Object.assign(item, { state: "revoking" satisfies Item["state"], revoking: { by, reason, untilMs }, target })
  naive.isChanged = true
}

function find(naive: NaiveLists, pool: string, item: string): NaiveItem | undefined {
  return naive.items.find((each) => each.pool === pool && each.item === item)
}

function poolOf(naive: NaiveLists, name: string): Pick<NaivePool, "config" | "brake"> {
  return naive.pools.find((each) => each.name === name) ?? { config: DEFAULTS, brake: undefined }
}

/** In the order in which they were put. */
function own(naive: NaiveLists, hold: NaiveHold): NaiveItem[] {
  return naive.items.filter(({ owner }) => owner?.key === keyOf(hold)).sort((a, b) => a.order - b.order)
}

function used(naive: NaiveLists, hold: NaiveHold): number {
  return own(naive, hold).reduce((sum, { weight }) => sum + weight, 0)
}

function workers(naive: NaiveLists): NaiveHold[] {
  return naive.holds.filter(({ kind, token }) => kind === "work" && token !== undefined)
}

function count(naive: NaiveLists, pool: string): number {
  return workers(naive).filter(({ names }) => names[0] === pool).length
}

/** Its id was its own choice, and it may come back under it. */
function isStable(hold: NaiveHold): boolean {
  return hold.id !== `${hold.session}.${hold.seq}` && !isLeaving(hold)
}

function isLeaving({ isLeaving: leaves, revoking }: NaiveHold): boolean {
  return leaves || revoking !== undefined
}

function keyOf({ session, seq }: NaiveHold): string {
  return `${session}/${seq}`
}

/** Who hears of nothing believes until its session has run out. */
function handOffUntil(naive: NaiveLists, { handoffTimeoutMs }: PoolConfig, session: SessionId): number {
  return naive.time + Math.max(handoffTimeoutMs, naive.sessions.find(({ id }) => id === session)?.ttl ?? 0)
}

function backoff(failures: number): number {
  return Math.min(60_000, 1000 * 2 ** (failures - 1))
}
