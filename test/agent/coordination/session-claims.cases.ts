import type { Problem } from "conclave/api/problem"
import type { LocalSession } from "conclave/coordination/local-session"
import { test } from "tap"
import { BookStage, Owner } from "./book-stage.ts"

test("an open whose answer is lost leaves no session behind", (t) => {
  const stage = new BookStage()
  stage.cluster.losesAnswers = ({ kind }) => kind === "open"
  let answer: object | undefined
  const request = {
    ttlMs: 2000,
    liveness: "heartbeat",
    app: "",
    pid: undefined,
    processes: [],
    owner: new Owner(),
  } as const
  stage.book.open(request, stage.deadline, (made) => {
    answer = made
  })
  t.match(answer, { code: "TIMEOUT", outcome: "unknown" })
  t.same([...stage.cluster.machine.sessions()], [])
  t.end()
})

test("an attachment whose answer is lost leaves nobody's session alive; one that is made after it stands", (t) => {
  const stage = new BookStage()
  const owner = new Owner()
  const { session, secret } = stage.open({ ttlMs: 2000, owner })
  stage.open()
  stage.book.abandon(session, owner)
  const attach = (): LocalSession | Problem | undefined => {
    let got: LocalSession | Problem | undefined
    const claim = { id: session.id, secret, processes: [undefined], owner: next }
    stage.book.attach(claim, stage.deadline, (made) => {
      got = made
    })
    return got
  }
  const next = new Owner()
  stage.cluster.losesAnswers = ({ kind }) => kind === "attach"
  t.match(attach(), { code: "TIMEOUT", outcome: "unknown" })
  t.equal(stage.state(session.id), "detached", "by the other session its host is kept alive")
  stage.cluster.losesAnswers = () => false
  const again = attach()
  t.match(again, { id: session.id })
  t.equal(stage.state(session.id), "attached")
  stage.book.abandon(again as LocalSession, next)
  stage.cluster.losesAnswers = ({ kind }) => kind === "attach"
  attach()
  stage.pass(2300)
  t.equal(stage.state(session.id), "over")
  t.end()
})
