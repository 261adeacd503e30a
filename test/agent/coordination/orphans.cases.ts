import { test } from "tap"
import { BookStage, Owner } from "./book-stage.ts"

const REQUEST = { ttlMs: 2000, liveness: "heartbeat", app: "", pid: undefined, processes: [] } as const
/** Longer than the second look takes. */
const LOOK_MS = 1500

test("what an earlier life with the same boot number had attached is let go of, and what this life attaches is not", (t) => {
  const stage = new BookStage()
  const { session: former } = stage.open({ ttlMs: 10_000 })
  stage.book.stop()
  const next = stage.nextLife()
  t.equal(stage.state(former.id), "attached", "its host is renewed, and that keeps it alive")
  stage.cluster.replace()
  const ids: string[] = []
  next.open({ ...REQUEST, owner: new Owner() }, stage.deadline, (opened) => {
    if ("session" in opened) ids.push(opened.session.id)
  })
  stage.pass(LOOK_MS)
  t.equal(stage.state(former.id), "detached")
  stage.cluster.replace()
  stage.pass(LOOK_MS)
  t.same(
    ids.map((id) => stage.state(id)),
    ["attached"],
  )
  t.end()
})

test("the last words of an earlier life may come behind the first state that is heard of", (t) => {
  const stage = new BookStage()
  const { session: former } = stage.open({ ttlMs: 10_000 })
  const open = stage.cluster.commands.find(({ kind }) => kind === "open")
  stage.book.stop()
  stage.cluster.apply({ kind: "end", session: former.id, of: undefined, cause: "closed", isGone: false })
  stage.nextLife()
  stage.cluster.replace()
  stage.pass(LOOK_MS)
  if (open?.kind !== "open") throw new Error("it was opened")
  const late = { ...open, session: "e".repeat(26) as typeof open.session, ttlMs: 10_000 }
  t.match(stage.cluster.apply(late), { kind: "attached" })
  t.equal(stage.state(late.session), "attached")
  stage.pass(LOOK_MS)
  t.equal(stage.state(late.session), "detached")
  t.end()
})

test("what this life has opened, or asks for, is nobody else's", (t) => {
  const stage = new BookStage()
  const { session } = stage.open({ ttlMs: 2000 })
  const { propose } = stage.cluster
  let answer = (): void => {}
  const slow: typeof propose = (command, deadline, done) => {
    if (command.kind !== "open") return propose(command, deadline, done)
    propose(command, deadline, (outcome) => {
      answer = () => done(outcome)
    })
  }
  Object.assign(stage.cluster, { propose: slow })
  const opened: string[] = []
  stage.book.open({ ...REQUEST, owner: new Owner() }, stage.deadline, (made) => {
    if ("session" in made) opened.push(made.session.id)
  })
  stage.cluster.replace()
  stage.pass(LOOK_MS)
  answer()
  t.same(
    [session.id, ...opened].map((id) => stage.state(id)),
    ["attached", "attached"],
  )
  t.notOk(stage.cluster.commands.some(({ kind }) => kind === "detach"))
  t.end()
})

test("an agent that has stopped lets go of nothing", (t) => {
  const stage = new BookStage()
  const { session } = stage.open({ ttlMs: 2000 })
  stage.cluster.replace()
  stage.book.stop()
  stage.cluster.replace()
  stage.pass(500)
  t.equal(stage.state(session.id), "attached", "its next life has it")
  stage.pass(LOOK_MS)
  t.notOk(stage.cluster.commands.some(({ kind }) => kind === "detach"))
  t.end()
})
