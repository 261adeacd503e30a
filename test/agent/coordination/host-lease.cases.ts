import type { Cluster } from "conclave/coordination/cluster"
import { HostLease } from "conclave/coordination/host-lease"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"

test("the agent's deadline counts from when the renewal was sent, and passes before the service's", (t) => {
  const { lease, elapsed, cluster } = new BookStage()
  t.equal(lease.leftMs(10_000), 0, "nothing was acknowledged yet")
  lease.acknowledged(elapsed.now(), 0)
  t.equal(lease.leftMs(10_000), 10_000 * 0.98 - 200)
  lease.acknowledged(elapsed.now() - 5000, 0)
  t.equal(lease.leftMs(10_000), 9600, "an older one takes nothing back")
  cluster.stop()
  t.end()
})

test("however late its answer, a renewal counts from when it was sent; that of another attempt or boot not at all", (t) => {
  const stage = new BookStage()
  const answers: Parameters<Cluster["renew"]>[2][] = []
  const renew: Cluster["renew"] = (_renewal, _deadline, done) => void answers.push(done)
  const lease = new HostLease({ ...stage.cluster, renew }, stage.clock, stage.elapsed)
  const { host } = stage.cluster
  lease.need(10_000)
  stage.pass(10)
  stage.pass(2000)
  t.equal(answers.length, 1)
  const timeMs = 0
  answers[0]?.({ host, attempt: 2, timeMs, isCurrent: true })
  answers[0]?.({ host, attempt: 1, timeMs, isCurrent: false })
  t.equal(lease.leftMs(10_000), 0)
  answers[0]?.({ host, attempt: 1, timeMs, isCurrent: true })
  const leftMs = lease.leftMs(10_000)
  t.ok(leftMs > 7500 && leftMs <= 9600 - 2000, `${leftMs} ms are left`)
  lease.stop()
  stage.cluster.stop()
  t.end()
})

test("how long the replicated clock stays before a moment counts from when a renewal was sent, at the speed of the fastest leader", (t) => {
  const { lease, elapsed, clock, cluster } = new BookStage()
  t.equal(lease.beforeMs(1_000_000), 0, "nothing is known yet")
  const sentMs = elapsed.now()
  clock.advance(300)
  lease.acknowledged(sentMs, 5000)
  t.equal(lease.beforeMs(15_000), 9800 - 300, "however late the answer, and whatever the state here shows")
  clock.advance(2000)
  lease.acknowledged(sentMs + 1, 6000)
  t.equal(lease.beforeMs(15_000), 1 + 9 * 980 - 2300)
  lease.acknowledged(sentMs, 0)
  t.equal(lease.beforeMs(15_000), 1 + 9 * 980 - 2300, "an older one is no better")
  t.equal(lease.beforeMs(5999), 0)
  clock.advance(20_000)
  t.equal(lease.beforeMs(15_000), 0)
  cluster.stop()
  t.end()
})

test("nothing is written for nobody; for somebody, four times in the shortest time to live", (t) => {
  const stage = new BookStage()
  const renewals = (): number => stage.cluster.commands.filter(({ kind }) => kind === "renewHosts").length
  stage.pass(5000)
  t.equal(renewals(), 0)
  const { session } = stage.open({ ttlMs: 2000, liveness: "connection" })
  stage.pass(10_000)
  t.ok(renewals() >= 18 && renewals() <= 22, `${renewals()} renewals`)
  t.ok(stage.lease.leftMs(2000) > 1000)
  stage.book.close(session, "closed", () => {})
  const until = renewals()
  stage.pass(5000)
  t.ok(renewals() <= until + 1)
  t.end()
})

test("without a quorum the deadline passes; with it again the lease goes on", (t) => {
  const stage = new BookStage()
  stage.open({ ttlMs: 2000, liveness: "connection" })
  stage.cluster.hasQuorum = false
  stage.pass(2500)
  t.equal(stage.lease.leftMs(2000), 0)
  stage.cluster.hasQuorum = true
  stage.pass(300)
  t.ok(stage.lease.leftMs(2000) > 1000)
  t.end()
})
