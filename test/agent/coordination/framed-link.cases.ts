import type { Caller } from "conclave/api/coordination"
import { APPLICATION } from "conclave/api/principal"
import { FramedLink } from "conclave/coordination/framed-link"
import type { LocalSession } from "conclave/coordination/local-session"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"
import { FakeProcesses } from "./lone-cluster.ts"

const CALLER: Caller = {
  principal: APPLICATION,
  timeoutMs: 5000,
  seen: { rev: 0 },
  speaker: undefined,
  seq: undefined,
  floor: 0,
}

class LinkStage extends BookStage {
  readonly processes: FakeProcesses = new FakeProcesses()

  link(pid?: number, app = "app"): FramedLink {
    const { book, cluster, clock, elapsed, processes } = this
    const process = pid === undefined ? undefined : { pid, startTime: 5 }
    return new FramedLink({ hello: { app, process }, book, cluster, clock, elapsed, processes, ttlMs: 10_000 })
  }

  /** From now on the cluster's answers are so long on their way. */
  delay(ms: number): void {
    const { propose } = this.cluster
    const slow: typeof propose = (command, deadline, done) =>
      propose(command, deadline, (outcome) => {
        this.pass(ms)
        done(outcome)
      })
    Object.assign(this.cluster, { propose: slow })
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it
  ask(link: FramedLink, op: Parameters<FramedLink["answer"]>[0], input: object = {}): any {
    let got: object | undefined
    link.answer(op, input as never, CALLER, (answer) => {
      got = answer
    })
    return got
  }
}

test("a killed application is proven gone, with the group that it named", (t) => {
  const stage = new LinkStage()
  for (const known of [7, 70]) stage.processes.known.add(known)
  const link = stage.link(7)
  const { id } = stage.ask(link, "session.open")
  t.same(stage.ask(link, "session.bind", { processGroup: 70 }), {})
  stage.processes.gone.add(7)
  link.close()
  stage.pass(500)
  t.equal(stage.state(id), "detached", "its group still acts for it")
  stage.processes.gone.add(70)
  stage.pass(500)
  t.equal(stage.state(id), "over")
  t.end()
})

test("a process that cannot be found, or that was not named, leaves it to the time to live", (t) => {
  const stage = new LinkStage()
  stage.processes.known.add(7)
  for (const link of [stage.link(8), stage.link()]) {
    const { id } = stage.ask(link, "session.open", { ttlMs: 2000 })
    link.close()
    t.equal(stage.state(id), "detached")
  }
  const link = stage.link(7)
  const { id } = stage.ask(link, "session.open", { ttlMs: 2000 })
  stage.ask(link, "session.bind", { processGroup: 99 })
  stage.processes.gone.add(7)
  link.close()
  stage.pass(500)
  t.equal(stage.state(id), "detached", "one of two without proof is no proof")
  t.end()
})

test("a group counts from when it is named, and until it is named again on the next connection", (t) => {
  const stage = new LinkStage()
  for (const known of [7, 70]) stage.processes.known.add(known)
  const { findGroup } = stage.processes
  const late: (() => void)[] = []
  const slowly: typeof findGroup = (group, near, done) => late.push(() => findGroup(group, near, done))
  Object.assign(stage.processes, { findGroup: slowly })
  const link = stage.link(7)
  const { id, secret } = stage.ask(link, "session.open")
  stage.ask(link, "session.bind", { processGroup: 70 })
  stage.processes.gone.add(7)
  link.close()
  stage.pass(500)
  t.equal(stage.state(id), "detached", "it is still being looked for")
  const next = stage.link(7)
  stage.ask(next, "session.attach", { id, secret })
  for (const find of late) find()
  next.close()
  stage.pass(500)
  t.equal(stage.state(id), "detached", "named on the connection before")
  stage.processes.gone.add(70)
  stage.pass(500)
  t.equal(stage.state(id), "over")
  t.end()
})

test("an answer about a session is of a revision that later reads on its connection come to", (t) => {
  const stage = new LinkStage()
  const seen = { rev: 0 }
  const ask = (link: FramedLink, op: Parameters<FramedLink["answer"]>[0], input: object): object => {
    let got: object = {}
    link.answer(op, input as never, { ...CALLER, seen }, (answer) => {
      got = answer
    })
    return got
  }
  const first = stage.link()
  const { id, secret } = ask(first, "session.open", { ttlMs: 2000 }) as { readonly id: string; readonly secret: string }
  t.equal(seen.rev, (first.session as LocalSession).rev)
  for (let wrote = 0; wrote < 5; wrote++) stage.open()
  seen.rev = 0
  const next = stage.link()
  t.match(ask(next, "session.attach", { id, secret }), { heartbeatMs: 500 }, "as its time to live is short")
  t.ok(seen.rev >= 5)
  stage.open()
  const beat = ask(next, "heartbeat", {})
  t.match(beat, { rev: String(stage.cluster.machine.rev) })
  t.equal(seen.rev, stage.cluster.machine.rev)
  t.end()
})

test("a session is shown by its label, else by the name of the connection, cut to what the cluster keeps", (t) => {
  const stage = new LinkStage()
  const { id } = stage.ask(stage.link(7, "ä".repeat(200)), "session.open")
  t.match(stage.cluster.machine.session(id), { app: "ä".repeat(127), pid: 7, member: "a" })
  const other = stage.ask(stage.link(undefined, "app"), "session.open", { label: "label" })
  t.match(stage.cluster.machine.session(other.id), { app: "label", pid: undefined })
  t.end()
})

test("what failed to open may be asked again on the same connection", (t) => {
  const stage = new LinkStage()
  stage.cluster.hasQuorum = false
  const link = stage.link()
  t.match(stage.ask(link, "session.open"), { code: "NO_QUORUM" })
  stage.cluster.hasQuorum = true
  const opened = stage.ask(link, "session.open")
  t.match(opened, { id: String, secret: String, heartbeatMs: 2000 })
  t.match(stage.ask(link, "session.open"), { code: "INVALID_ARGUMENT" })
  t.match(stage.ask(link, "session.attach", opened), { code: "INVALID_ARGUMENT" })
  t.ok(stage.ask(link, "heartbeat").validForMs > 9000)
  stage.cluster.hasQuorum = false
  stage.pass(9000)
  t.ok(stage.ask(link, "heartbeat").validForMs <= 800, "no more than is left of the agent's own deadline")
  t.end()
})

test("a promise counts from when it was asked for, however long its answer took, and is none that is not kept", (t) => {
  const stage = new LinkStage()
  const sentMs = stage.elapsed.now()
  stage.delay(800)
  const link = stage.link()
  const opened = stage.ask(link, "session.open", { ttlMs: 2000 })
  t.ok(opened.validForMs > 1700 && opened.validForMs <= 2000, "of which 800 ms have passed")
  const kept = (each: FramedLink): number => (each.session as LocalSession).promisedMs
  t.ok(sentMs + opened.validForMs <= kept(link))
  const other = stage.link()
  const attachedMs = stage.elapsed.now()
  const { validForMs } = stage.ask(other, "session.attach", { id: opened.id, secret: opened.secret })
  t.ok(validForMs > 1700 && attachedMs + validForMs <= kept(other))
  const beatMs = stage.elapsed.now()
  t.ok(beatMs + stage.ask(other, "heartbeat").validForMs <= kept(other))
  t.end()
})

test("a close answers in its time; the session ends when the cluster can", (t) => {
  const stage = new LinkStage()
  const link = stage.link()
  const { id } = stage.ask(link, "session.open")
  stage.cluster.hasQuorum = false
  const answers: object[] = []
  link.answer("session.close", {}, { ...CALLER, timeoutMs: 700 }, (answer) => answers.push(answer))
  stage.pass(600)
  t.same(answers, [])
  stage.pass(200)
  t.match(answers, [{ code: "TIMEOUT", outcome: "unknown" }])
  stage.cluster.hasQuorum = true
  stage.pass(2000)
  t.equal(stage.state(id), "over")
  t.equal(answers.length, 1)
  t.end()
})

test("a session names sixty-four process groups, and no more", (t) => {
  const stage = new LinkStage()
  const link = stage.link(7)
  stage.ask(link, "session.open")
  for (let group = 100; group < 164; group++) t.same(stage.ask(link, "session.bind", { processGroup: group }), {})
  t.match(stage.ask(link, "session.bind", { processGroup: 164 }), {
    code: "RESOURCE_EXHAUSTED",
    outcome: "not-applied",
    details: { limit: 64 },
  })
  t.same(stage.ask(link, "session.unbind", { processGroup: 100 }), {})
  t.same(stage.ask(link, "session.bind", { processGroup: 164 }), {})
  t.end()
})

test("a group that has ended is not waited for, also where it is found after that", (t) => {
  const stage = new LinkStage()
  stage.processes.known.add(7)
  const link = stage.link(7)
  const { id } = stage.ask(link, "session.open")
  const { findGroup } = stage.processes
  let found = (): void => {}
  Object.assign(stage.processes, {
    findGroup: (...asked: Parameters<typeof findGroup>) => {
      found = () => findGroup(...asked)
    },
  })
  stage.ask(link, "session.bind", { processGroup: 70 })
  t.same(stage.ask(link, "session.unbind", { processGroup: 70 }), {})
  found()
  stage.processes.gone.add(7)
  link.close()
  stage.pass(500)
  t.equal(stage.state(id), "over")
  t.match(stage.ask(stage.link(7), "session.unbind", { processGroup: 70 }), { code: "INVALID_ARGUMENT" })
  t.end()
})

test("whose host leaves confirms by closing its session, and not where another process acts for it", (t) => {
  for (const isBound of [false, true]) {
    const stage = new LinkStage()
    for (const known of [7, 70]) stage.processes.known.add(known)
    const link = stage.link(7)
    const { id } = stage.ask(link, "session.open")
    if (isBound) stage.ask(link, "session.bind", { processGroup: 70 })
    stage.book.farewell(3000, () => {})
    t.match(stage.ask(link, "heartbeat"), { code: "SESSION_LOST", details: { cause: "left" } })
    t.equal(stage.state(id), "attached", "a question may have been on its way before")
    t.match(stage.ask(link, "session.close"), { code: "SESSION_LOST", details: { cause: "left" } })
    t.equal(stage.state(id), isBound ? "attached" : "over")
  }
  t.end()
})

test("a session that was opened or attached says at which revision", (t) => {
  const stage = new LinkStage()
  const { id, secret, rev } = stage.ask(stage.link(), "session.open")
  t.equal(rev, String(stage.cluster.machine.rev))
  stage.cluster.apply({ kind: "tick" })
  const attached = stage.ask(stage.link(), "session.attach", { id, secret })
  t.equal(attached.rev, String(stage.cluster.machine.rev))
  t.ok(BigInt(attached.rev) > BigInt(rev))
  t.end()
})
