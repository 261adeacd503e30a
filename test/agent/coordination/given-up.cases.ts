import { test } from "tap"
import { BookStage, Owner } from "./book-stage.ts"

test("an open that was given up and comes later is refused, also when there was no room at first", (t) => {
  const stage = new BookStage()
  const { propose } = stage.cluster
  const late: (() => object)[] = []
  let isFull = true
  const slow: typeof propose = (command, deadline, done) => {
    if (command.kind === "open" && late.length === 0) {
      late.push(() => stage.cluster.apply(command))
      return done({ kind: "unknown" })
    }
    if (command.kind !== "open" || !isFull) return propose(command, deadline, done)
    const refusal = { kind: "exhausted", limit: "sessions" } as const
    done({ kind: "applied", result: { kind: "refused", refusal, rev: 0 }, rev: 0 })
  }
  Object.assign(stage.cluster, { propose: slow })
  const about = { ttlMs: 2000, liveness: "heartbeat", app: "", pid: undefined, processes: [] } as const
  stage.book.open({ ...about, owner: new Owner() }, stage.deadline, () => {})
  stage.pass(1000)
  isFull = false
  stage.pass(1000)
  t.match(late[0]?.(), { kind: "refused", refusal: { kind: "session-lost", cause: "closed" } })
  stage.pass(5000)
  t.same([...stage.cluster.machine.sessions()], [], "and nobody keeps anything alive")
  t.end()
})

test("an attachment that was given up and comes late keeps nobody's session alive", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session, secret } = stage.open({ ttlMs: 2000, owner })
  stage.open()
  stage.book.abandon(session, owner)
  const { propose } = stage.cluster
  const late: ((isTold: boolean) => void)[] = []
  const slow: typeof propose = (command, deadline, done) => {
    if (command.kind !== "attach") return propose(command, deadline, done)
    late.push((isTold) => stage.cluster.apply(command, isTold))
    done({ kind: "unknown" })
  }
  const attach = (): void =>
    stage.book.attach({ id: session.id, secret, processes: [], owner: new Owner() }, stage.deadline, () => {})
  Object.assign(stage.cluster, { propose: slow })
  attach()
  stage.pass(200)
  late[0]?.(true)
  t.equal(stage.state(session.id), "detached")
  attach()
  stage.pass(200)
  late[1]?.(false)
  t.equal(stage.state(session.id), "attached", "nobody has heard of it")
  stage.cluster.replace()
  t.equal(stage.state(session.id), "detached")
  Object.assign(stage.cluster, { propose })
  attach()
  t.equal(stage.state(session.id), "attached", "one that is answered stands")
  t.end()
})
