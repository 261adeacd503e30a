import { encodeCommand, type Hold, type HoldKind, type ListedName, type Listing, Machine } from "@conclave/consensus"
import { KINDS } from "@conclave/consensus/machine/queue"
import fc from "fast-check"
import { test } from "tap"
import { anyLog, Sender, type Step, sightOf } from "./history.ts"
import { run, Stage } from "./stage.ts"
import { PoolStage } from "./work/pool.ts"

const ALL_KINDS = Object.keys(KINDS) as HoldKind[]

/** What a list of everything shows, in words, read in one go. */
function shown(machine: Machine, prefix: string): readonly string[] {
  const pools = [...machine.pools()].filter((name) => name.startsWith(prefix))
  const names = ALL_KINDS.flatMap((kind) =>
    [...new Set([...machine.names(kind, prefix), ...(kind === "work" ? pools : [])])].sort().map((name) => {
      const { holders, waiters } = machine.name(kind, name)
      return `${kind}/${name} ${holders.map(({ token }) => token)} | ${waiters.map((each) => `${each.session}.${each.seq}`)}`
    }),
  )
  const sessions = [...machine.sessions()].map(({ id, detachedUntilMs }) => {
    const holds = machine.holdsOf(id).map((each) => `${each.seq}:${each.token}`)
    return `${id} ${detachedUntilMs} ${holds}`
  })
  return [...names, ...sessions.sort(), ...[...machine.entries(prefix)].map((each) => JSON.stringify(each))]
}

interface Listings {
  readonly names: readonly (readonly [HoldKind, ReturnType<Machine["listNames"]>])[]
  readonly sessions: ReturnType<Machine["listSessions"]>
  readonly entries: ReturnType<Machine["listEntries"]>
}

function listingsOf(machine: Machine, prefix: string): Listings {
  return {
    names: ALL_KINDS.map((kind) => [kind, machine.listNames(kind, prefix)]),
    sessions: machine.listSessions(),
    entries: machine.listEntries(prefix),
  }
}

function rest<Item>(listing: Listing<Item>, parts: Map<Listing<unknown>, readonly unknown[]>): readonly Item[] {
  for (;;) {
    const items = (parts.get(listing) as readonly Item[] | undefined) ?? listing.step(100)
    if (items !== undefined) return items
  }
}

/**
 * The same words from listings that were begun after entry `begin` and read on by `pace` records between any two
 * entries.
 */
function compare(
  steps: readonly Step[],
  begin: number,
  { pace, prefix }: { readonly pace: number; readonly prefix: string },
): void {
  const machine = new Machine()
  const sender = new Sender()
  const sight = sightOf(machine)
  let listings: Listings | undefined
  let expected: readonly string[] = []
  let revision = 0
  const read = new Map<Listing<unknown>, readonly unknown[]>()
  let nowMs = 0
  for (const [at, step] of steps.entries()) {
    if (at === begin) {
      listings = listingsOf(machine, prefix)
      expected = shown(machine, prefix)
      revision = machine.rev
    }
    for (const each of listings === undefined ? [] : all(listings)) {
      if (read.has(each)) continue
      const items = each.step(pace)
      if (items !== undefined) read.set(each, items)
    }
    nowMs += step.passMs
    run(machine, encodeCommand(sender.next(step, sight)), nowMs)
  }
  if (listings === undefined) return
  for (const each of all(listings)) if (each.rev !== revision) throw new Error("another revision")
  const words = [
    ...listings.names.flatMap(([kind, listing]) =>
      rest(listing, read).map(({ name, known, holders, waiters }) => {
        if (known.name !== name) throw new Error("of another name")
        for (const { hold, session } of [...holders, ...waiters]) {
          if (hold.session !== session.id) throw new Error("of another session")
        }
        const waiting = waiters.map(({ hold }) => `${hold.session}.${hold.seq}`)
        return `${kind}/${name} ${holders.map(({ hold }) => hold.token)} | ${waiting}`
      }),
    ),
    ...rest(listings.sessions, read).map(({ session, holds, remainingMs }) => {
      if (!(remainingMs >= 0)) throw new Error("less than nothing is left")
      return `${session.id} ${session.detachedUntilMs} ${holds.map((each) => `${each.seq}:${each.token}`)}`
    }),
    ...rest(listings.entries, read).map((each) => JSON.stringify(each)),
  ]
  if (JSON.stringify(words) !== JSON.stringify(expected))
    throw new Error(`${words.join("\n")}\ninstead of\n${expected.join("\n")}`)
}

/** One name and who stands there, with what their sessions are and what workers have. */
function nowAt(machine: Machine, kind: HoldKind, name: string): object {
  const { name: known, holders, waiters } = machine.name(kind, name)
  const pool = kind === "work" ? machine.pool(name) : undefined
  const placed = (hold: Hold): object => ({ hold, session: machine.session(hold.session) })
  const used = [...(pool?.book?.loads ?? [])].map(([owner, load]) => [owner, load.used])
  return structuredClone({
    ...{ name, history: known?.history ?? [], holders: holders.map(placed), waiters: waiters.map(placed) },
    ...(pool === undefined ? {} : { pool: pool.pool, used, missing: pool.missing, free: pool.book?.counts.free ?? 0 }),
  })
}

function wasAt({ name, known, holders, waiters, pool }: ListedName): object {
  const told =
    pool === undefined ? {} : { pool: pool.pool, used: [...pool.used], missing: pool.missing, free: pool.counts.free }
  return { name, history: known.history, holders, waiters, ...told }
}

test("one name is shown as it was when it was asked for, whatever becomes of who stands there", (t) => {
  let places = 0
  const property = fc.property(anyLog, fc.nat(60), fc.nat(3), (steps, seed, pace) => {
    const machine = new Machine()
    const sender = new Sender()
    const sight = sightOf(machine)
    const begun: { readonly listing: Listing<ListedName>; readonly expected: object; items: readonly ListedName[] }[] =
      []
    let nowMs = 0
    for (const [at, step] of steps.entries()) {
      if (at === seed % steps.length) {
        for (const kind of ALL_KINDS) {
          for (const name of [...machine.names(kind, ""), ...machine.pools(), "nobody's"]) {
            begun.push({ listing: machine.listName(kind, name), expected: nowAt(machine, kind, name), items: [] })
          }
        }
      }
      for (const each of begun) if (each.items.length === 0) each.items = each.listing.step(pace) ?? []
      nowMs += step.passMs
      run(machine, encodeCommand(sender.next(step, sight)), nowMs)
    }
    for (const { listing, expected, items } of begun) {
      const [one] = items.length === 0 ? (listing.step(100_000) ?? []) : items
      const [was, wanted] = [one === undefined ? {} : wasAt(one), expected].map((each) => JSON.stringify(each))
      if (was !== wanted) throw new Error(`${was}\ninstead of\n${wanted}`)
      places += (one?.holders.length ?? 0) + (one?.waiters.length ?? 0)
    }
  })
  fc.assert(property, { numRuns: 100 })
  t.ok(places > 0, `${places} places`)
  t.end()
})

test("of one name each place is a step", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  for (let number = 1; number <= 500; number++) stage.acquire(stage.open(number), 1, { names: ["busy"] })
  const listing = stage.machine.listName("lock", "busy")
  let steps = 0
  while (listing.step(1) === undefined) steps++
  t.equal(steps, 500)
  t.end()
})

function all({ names, sessions, entries }: Listings): readonly Listing<unknown>[] {
  return [...names.map(([, listing]) => listing), sessions, entries]
}

test("a listing shows the state at its beginning, whatever is applied while it is read", (t) => {
  const read = fc.record({ pace: fc.nat(5), prefix: fc.constantFrom("", "a", "a/") })
  const property = fc.property(anyLog, fc.nat(60), read, (steps, begin, how) =>
    compare(steps, begin % steps.length, how),
  )
  fc.assert(property, { numRuns: 150 })
  t.end()
})

test("thousands of names are in order, and so are thousands that wait for one", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  const session = stage.open(1)
  for (let at = 0; at < 3000; at++) stage.acquire(session, at + 1, { names: [`n${(at * 7919) % 3000}`] })
  for (let at = 3000; at < 5000; at++) stage.acquire(session, at + 1, { names: ["n5"] })
  const listing = stage.machine.listNames("lock", "")
  let steps = 0
  let names = listing.step(1)
  for (; names === undefined; names = listing.step(1)) steps++
  t.ok(steps > 10_000, "each record is a step of its own")
  t.same(
    names.map(({ name }) => name),
    stage.machine.names("lock", ""),
  )
  const waiters = names.find(({ name }) => name === "n5")?.waiters.map(({ hold }) => hold.seq)
  t.same(
    waiters,
    stage.machine.name("lock", "n5").waiters.map(({ seq }) => seq),
  )
  t.end()
})

test("of work pools without a worker are listed, too, and of other kinds nothing that nobody holds", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  const listed = (kind: HoldKind, prefix: string): unknown => rest(stage.machine.listNames(kind, prefix), new Map())
  const idle = { name: "p", known: { kind: "work", history: [] }, holders: [], waiters: [] }
  t.match(listed("work", ""), [idle])
  t.strictSame([listed("work", "q"), listed("lock", "")], [[], []])
  const worker = stage.join(1)
  t.match(listed("work", "p"), [{ name: "p", holders: [{ hold: { token: worker.token } }] }])
  stage.drain(worker)
  t.match(listed("work", "p"), [{ name: "p", known: { history: [{ reason: "released" }] }, holders: [] }])
  t.end()
})

test("pools and their items are listed as they were, with what each worker has", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const put = (pool: string, item: string, weight: number): void => {
    stage.apply({ kind: "workPut", request: undefined, pool, item, payload: undefined, weight, pin: undefined })
  }
  for (let at = 0; at < 300; at++) put("q", `i${(at * 7919) % 300}`, 1)
  put("q", "z", 5)
  put("r", "a", 1)
  stage.acquire(session, 1, { hold: "work", names: ["q"], id: "w" })
  const moves = [{ item: "z", to: { session, seq: 1 }, token: undefined, reason: "r" }]
  stage.apply({ kind: "workAssign", pool: "q", moves })
  const [items, names] = [stage.machine.listItems("q", ""), stage.machine.listNames("work", "")]
  const [locks, nobody] = [stage.machine.listNames("lock", ""), stage.machine.listItems("x", "")]
  put("q", "later", 1)
  stage.apply({ kind: "workRemove", request: undefined, pool: "q", item: "z" })
  const listed = items.step(10_000) ?? []
  t.equal(listed.length, 301)
  t.same(
    listed.map(({ item }) => item),
    [...listed.map(({ item }) => item)].sort(),
  )
  t.match(listed.at(-1), { item: "z", state: "assigned" })
  const [pool] = names.step(10_000) ?? []
  t.match(pool, { name: "q", pool: { counts: { free: 300, assigned: 1 }, pool: { name: "q" } } })
  t.equal(pool?.pool?.used.get(`${session}/1`), 5)
  t.same([locks.step(10_000), nobody.step(10_000)], [[], []])
  t.end()
})
