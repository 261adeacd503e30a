import { isProblem, type Problem } from "conclave/api/problem"
import type { LocalSession } from "conclave/coordination/local-session"
import { test } from "tap"
import { BookStage, Owner } from "./book-stage.ts"
import { LoneCluster } from "./lone-cluster.ts"

test("a silent application loses its session after its last promise and not before", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  for (let beats = 0; beats < 5; beats++) {
    stage.pass(400)
    stage.book.promise(session)
  }
  const leftMs = session.promisedMs - stage.elapsed.now()
  t.ok(leftMs > 1000 && leftMs <= 2000)
  stage.pass(Math.floor(leftMs / 10) * 10)
  t.equal(stage.state(session.id), "attached", "the promise is kept to its end")
  stage.pass(300)
  t.equal(stage.state(session.id), "over")
  t.equal(owner.over, "silent")
  t.same(stage.ended, [[session.id, "silent"]], "said once")
  t.equal(stage.book.size, 0)
  t.end()
})

test("a lost connection detaches what cannot be proven; it is taken up again with the secret alone", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session, secret } = stage.open({ owner })
  stage.book.abandon(session, new Owner())
  t.equal(stage.state(session.id), "attached", "somebody else's loss is none")
  stage.book.abandon(session, owner)
  t.equal(stage.state(session.id), "detached")
  const next = new Owner()
  const attach = (claim: string): LocalSession | Problem | undefined => {
    let got: LocalSession | Problem | undefined
    const { id } = session
    stage.book.attach({ id, secret: claim, processes: [undefined], owner: next }, stage.deadline, (made) => {
      got = made
    })
    return got
  }
  t.match(attach("wrong"), { code: "PERMISSION_DENIED" })
  const again = attach(secret)
  t.ok(again !== undefined && !isProblem(again))
  t.equal(stage.state(session.id), "attached")
  t.equal(owner.over, undefined, "who had let go is told nothing")
  t.match(attach(secret), { id: session.id }, "a second connection takes it over")
  t.end()
})

test("of a session that was taken over the new owner is watched, whatever comes of the old one", (t) => {
  for (const isClosedLate of [false, true]) {
    const stage = new BookStage()
    const [old, next] = [new Owner(), new Owner()]
    const { session, secret } = stage.open({ ttlMs: 2000, owner: old })
    const { id } = session
    stage.book.attach({ id, secret, processes: [undefined], owner: next }, stage.deadline, (made) => {
      if (!isProblem(made)) stage.book.promise(made)
    })
    t.equal(old.over, "moved")
    stage.pass(100)
    stage.book.promise(session)
    if (isClosedLate) stage.book.abandon(session, old)
    stage.pass(3000)
    t.equal(stage.state(id), "over")
    t.equal(next.over, "silent")
  }
  t.end()
})

test("of two attachments whose answers cross the later one has the session, and the earlier one hears that it has not", (t) => {
  const stage = new BookStage()
  const [first, second] = [new Owner(), new Owner()]
  const { session, secret } = stage.open({ ttlMs: 2000 })
  stage.open({ ttlMs: 2000, liveness: "connection" })
  const { propose } = stage.cluster
  const late: (() => void)[] = []
  const slowly: typeof propose = (command, deadline, done) =>
    propose(command, deadline, (outcome) => late.push(() => done(outcome)))
  const answers: (LocalSession | Problem)[] = []
  const attach = (owner: Owner): void => {
    const claim = { id: session.id, secret, processes: [undefined], owner }
    stage.book.attach(claim, stage.deadline, (made) => answers.push(made))
  }
  Object.assign(stage.cluster, { propose: slowly })
  attach(first)
  Object.assign(stage.cluster, { propose })
  attach(second)
  stage.book.promise(answers[0] as LocalSession)
  for (const go of late) go()
  t.match(answers, [
    { id: session.id, owner: second },
    { code: "SESSION_LOST", details: { cause: "moved" } },
  ])
  t.equal(second.over, undefined)
  stage.pass(3000)
  t.equal(stage.state(session.id), "over", "who says nothing")
  t.end()
})

test("an attachment that crosses with the agent's own for the former owner is asked for again, so that it stands", (t) => {
  const stage = new BookStage()
  const [old, next] = [new Owner(), new Owner()]
  const { session, secret } = stage.open({ ttlMs: 2000, owner: old })
  const { propose } = stage.cluster
  const late: (() => void)[] = []
  const slowly: typeof propose = (command, deadline, done) =>
    propose(command, deadline, (outcome) => late.push(() => done(outcome)))
  Object.assign(stage.cluster, { propose: slowly })
  let made: LocalSession | Problem | undefined
  stage.book.attach({ id: session.id, secret, processes: [undefined], owner: next }, stage.deadline, (answer) => {
    made = answer
  })
  Object.assign(stage.cluster, { propose })
  stage.cluster.apply({ kind: "recover", wallMs: 1_700_000_000_001, snapshotWallMs: 0 })
  for (const go of late) go()
  t.match(made, { owner: next })
  t.equal(old.over, "moved")
  stage.book.abandon(made as LocalSession, next)
  t.equal(stage.state(session.id), "detached", "its number is the one that the cluster knows")
  t.end()
})

test("a process that is gone while others hold its connection open is found out when its heartbeat is late", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  let isGone = false
  const processes = [{ isGone: (told: (isGone: boolean) => void) => told(isGone) }]
  const { session } = stage.open({ owner, processes })
  stage.pass(4000)
  t.equal(stage.state(session.id), "attached", "stopped, perhaps")
  isGone = true
  stage.pass(300)
  t.equal(stage.state(session.id), "over")
  t.match(stage.cluster.commands.at(-1), { kind: "end", cause: "exited", isGone: true })
  t.equal(owner.over, "exited")
  t.end()
})

test("nobody comes back: one time to live later it is over", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  stage.book.abandon(session, owner)
  stage.pass(1900)
  t.equal(stage.state(session.id), "detached")
  stage.pass(300)
  t.equal(stage.state(session.id), "over")
  t.same(stage.ended, [[session.id, "expired"]])
  t.end()
})

test("when all its processes are provably gone a session ends at once, while one lives it does not", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const gone = new Set<number>()
  const processes = [1, 2].map((pid) => ({ isGone: (told: (isGone: boolean) => void) => told(gone.has(pid)) }))
  const { session } = stage.open({ owner, processes })
  gone.add(1)
  stage.book.abandon(session, owner)
  stage.pass(1000)
  t.equal(stage.state(session.id), "detached", "the group goes on")
  gone.add(2)
  stage.pass(300)
  t.equal(stage.state(session.id), "over")
  t.match(stage.cluster.commands.at(-1), { kind: "end", cause: "exited", isGone: true })
  t.end()
})

test("a connected session that was detached is attached again: the agent's generation rose, or the group was recovered", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  const beat = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 200) {
      stage.pass(200)
      stage.book.promise(session)
    }
  }
  stage.cluster.boot = () => 2
  beat(3000)
  t.match(stage.cluster.machine.session(session.id), { boot: 2, detachedUntilMs: undefined })
  stage.cluster.apply({ kind: "recover", wallMs: 1_700_000_000_001, snapshotWallMs: 0 })
  beat(3000)
  t.equal(stage.state(session.id), "attached")
  t.equal(owner.over, undefined)
  stage.cluster.hasQuorum = false
  stage.cluster.apply({ kind: "recover", wallMs: 1_700_000_000_002, snapshotWallMs: 0 })
  t.equal(stage.state(session.id), "detached")
  const { promisedMs } = session
  stage.pass(300)
  stage.book.promise(session)
  t.equal(session.promisedMs, promisedMs, "nothing more is promised")
  stage.cluster.hasQuorum = true
  stage.pass(700)
  stage.book.promise(session)
  t.ok(session.promisedMs > promisedMs)
  t.equal(stage.state(session.id), "attached")
  t.end()
})

test("from when the agent's generation rises on nothing is promised before the session is attached under it", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  // Renewals reach the group, and what they change is not heard of here.
  const renew: typeof stage.cluster.renew = (renewal, _deadline, done) => {
    const result = stage.cluster.apply({ kind: "renewHosts", items: [renewal] }, false)
    done(result.kind === "renewed" ? result.items[0] : undefined)
  }
  Object.assign(stage.cluster, { renew })
  stage.pass(500)
  stage.book.promise(session)
  const { promisedMs } = session
  stage.cluster.boot = () => 2
  stage.cluster.hasQuorum = false
  stage.pass(600)
  stage.book.promise(session)
  t.equal(session.promisedMs, promisedMs)
  stage.cluster.hasQuorum = true
  stage.pass(500)
  stage.book.promise(session)
  t.ok(session.promisedMs > promisedMs)
  t.match(stage.cluster.machine.session(session.id), { boot: 2, detachedUntilMs: undefined })
  t.end()
})

test("who hangs up while its session is attached again leaves it detached", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  stage.open({ ttlMs: 2000 })
  const { propose } = stage.cluster
  const late: (() => void)[] = []
  const slow: typeof propose = (command, deadline, done) => {
    if (command.kind === "attach") late.push(() => propose(command, deadline, done))
    else propose(command, deadline, done)
  }
  Object.assign(stage.cluster, { propose: slow })
  stage.cluster.apply({ kind: "recover", wallMs: 1_700_000_000_001, snapshotWallMs: 0 })
  stage.book.abandon(session, owner)
  for (const go of late) go()
  t.equal(stage.state(session.id), "detached")
  t.end()
})

test("closing answers when it is decided, however often its answer is lost, and in the middle of an entry, too", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ owner })
  let lost = 0
  stage.cluster.losesAnswers = ({ kind }) => kind === "end" && lost++ < 2
  stage.cluster.isAtWork = true
  let rev: number | Problem | undefined
  stage.book.close(session, "closed", (closed) => {
    rev = closed
  })
  stage.pass(1000)
  t.equal(rev, stage.cluster.machine.rev)
  t.equal(owner.over, "closed")
  t.end()
})

test("a state from before a session was opened ends nothing: a relay that was started again knows less for a while", (t) => {
  const stage = new BookStage()
  const early = new LoneCluster(stage.clock)
  stage.cluster.apply({ kind: "tick" })
  const owner = new Owner()
  const { session } = stage.open({ owner })
  t.ok(session.rev > early.machine.rev)
  stage.book.replaced(early.machine)
  t.equal(owner.over, undefined)
  const after = { ...stage.cluster.machine.session(session.id), host: "b".repeat(26) } as never
  const change = { kind: "session", before: undefined, after, end: undefined } as const
  stage.book.changed([{ ...change, rev: session.rev - 1 }])
  t.equal(owner.over, undefined, "where it was then is no news")
  stage.book.changed([{ ...change, rev: session.rev + 1 }])
  t.equal(owner.over, "moved")
  t.end()
})

test("what the state lacks after it was replaced is over; what went to another host, too", (t) => {
  const stage = new BookStage()
  const [one, two] = [new Owner(), new Owner()]
  const first = stage.open({ owner: one }).session
  const second = stage.open({ owner: two })
  stage.cluster.apply({ kind: "end", session: first.id, of: undefined, cause: "closed", isGone: false }, false)
  t.equal(one.over, undefined, "it was not told")
  stage.cluster.replace()
  t.equal(one.over, "unknown")
  const { id: session, secretHash } = second.session
  const elsewhere = { session, secretHash, host: "b".repeat(26) as never, boot: 1, attachment: 1 }
  stage.cluster.apply({ kind: "attach", ...elsewhere })
  t.equal(two.over, "moved")
  t.equal(stage.book.size, 0)
  t.end()
})

test("when its host departs applications hear of it at once, and the cluster when no promise is left", (t) => {
  const stage = new BookStage()
  const [owner, lost] = [new Owner(), new Owner()]
  const { session, secret } = stage.open({ ttlMs: 2000, owner })
  stage.open({ ttlMs: 2000, owner: lost })
  const told: boolean[] = []
  stage.pass(500)
  const leftMs = session.promisedMs - stage.elapsed.now()
  stage.book.farewell(2000, (isBelievedByNobody) => told.push(isBelievedByNobody))
  t.same([owner.over, lost.over], ["left", "left"])
  const refusals: unknown[] = []
  const claim = { id: session.id, secret, processes: [undefined], owner: new Owner() }
  stage.book.attach(claim, stage.deadline, (refusal) => refusals.push(refusal))
  const wish = { ttlMs: 2000, liveness: "heartbeat", app: "b", pid: 8, processes: [], owner: new Owner() } as const
  stage.book.open(wish, stage.deadline, (refusal) => refusals.push(refusal))
  t.match(refusals, [{ code: "AGENT_UNAVAILABLE" }, { code: "AGENT_UNAVAILABLE" }])
  stage.pass(Math.floor(leftMs / 10) * 10)
  t.same(told, [], "the promise is kept to its end")
  stage.pass(300)
  t.same(told, [true])
  t.end()
})

test("a departing host does not wait for a long promise, nor end a session of which it does not know the promise", (t) => {
  const told: boolean[] = []
  const long = new BookStage()
  long.open({ ttlMs: 10_000 })
  long.book.farewell(2000, (isBelievedByNobody) => told.push(isBelievedByNobody))
  long.pass(1990)
  t.same(told, [])
  long.pass(100)
  t.same(told.splice(0), [false])
  const restarted = new BookStage()
  const { session } = restarted.open({ ttlMs: 2000 })
  restarted.book.stop()
  t.equal(restarted.state(session.id), "attached")
  restarted.book.farewell(2000, (isBelievedByNobody) => told.push(isBelievedByNobody))
  t.same(told, [false], "at once: there is nobody to wait for")
  t.end()
})

test("of a departing host a session ends as soon as its application has confirmed, the others with their promises", (t) => {
  const stage = new BookStage()
  const told: boolean[] = []
  const [quick, short, long] = [{}, { ttlMs: 2000 }, {}].map((more) => stage.open(more).session)
  if (quick === undefined || short === undefined || long === undefined) throw new Error("three sessions")
  stage.book.part(quick, () => {})
  t.equal(stage.state(quick.id), "attached", "nothing was told yet")
  stage.book.farewell(3000, (isBelievedByNobody) => told.push(isBelievedByNobody))
  t.same(
    [quick, short, long].map(({ id }) => stage.state(id)),
    ["attached", "attached", "attached"],
  )
  const revs: unknown[] = []
  stage.book.part(quick, (rev) => revs.push(rev))
  stage.book.part(quick, (rev) => revs.push(rev))
  t.match(revs, [Number], "once")
  t.same(
    [quick, short, long].map(({ id }) => stage.state(id)),
    ["over", "attached", "attached"],
  )
  t.equal(stage.cluster.machine.verify(quick.id, new Uint8Array(32)).kind, "lost")
  stage.pass(2500)
  t.same(
    [short, long].map(({ id }) => stage.state(id)),
    ["over", "attached"],
  )
  t.same(told, [])
  stage.pass(600)
  t.same(told, [false])
  t.end()
})

test("where all applications confirm a departing host need not wait, whatever was promised", (t) => {
  const stage = new BookStage()
  const told: boolean[] = []
  const { session } = stage.open({ ttlMs: 60_000 })
  stage.book.farewell(3000, (isBelievedByNobody) => told.push(isBelievedByNobody))
  stage.pass(200)
  t.same(told, [])
  stage.book.part(session, () => {})
  stage.pass(100)
  t.same(told, [true])
  const end = stage.cluster.commands.find(({ kind }) => kind === "end")
  t.match(end, { session: session.id, cause: "left", isGone: false })
  t.end()
})

test("an application that spoke to the end was not silent: its promise could not be prolonged", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session } = stage.open({ ttlMs: 2000, owner })
  stage.cluster.hasQuorum = false
  for (let each = 0; each < 40 && owner.over === undefined; each++) {
    stage.pass(100)
    stage.book.promise(session)
  }
  t.equal(owner.over, "expired")
  stage.cluster.hasQuorum = true
  stage.pass(6000)
  t.equal(stage.state(session.id), "over")
  t.end()
})
