import type { Addr } from "@conclave/base"
import type { MemberChanged } from "conclave/api/view"
import { MemberLog } from "conclave/gossip/member-log"
import { REMOVED } from "conclave/gossip/swim-driver"
import type { Log } from "conclave/ports"
import { test } from "tap"
import { fakeMember, memberId } from "../fake-view.ts"

function logging(): { readonly lines: string[]; readonly log: MemberLog } {
  const lines: string[] = []
  const log: Log = { write: (level, event, message) => lines.push(`${level} ${event} ${message}`) }
  return { lines, log: new MemberLog(log, memberId("self")) }
}

function change(kind: MemberChanged["change"], name = "b"): MemberChanged {
  const member = fakeMember(name)
  const isGone = kind === "reap" || kind === "prune"
  const [before, after] = [member, isGone ? undefined : member]
  return { kind: "memberChanged", change: kind, before, after, suspectMs: 0 }
}

test("each change has its own event key; what is grave warns, what is small is for debugging", (t) => {
  const { lines, log } = logging()
  for (const kind of ["join", "update", "suspect", "alive", "dead", "left", "reap", "prune"] as const)
    log.changed(change(kind))
  log.changed(change("update", "self"))
  t.same(lines, [
    "info member.join b joined",
    "debug member.update b changed its description",
    "warn member.suspect b is suspected",
    "info member.alive b is alive again",
    "warn member.dead b is dead",
    "info member.left b left",
    "info member.reap b is forgotten",
    "info member.prune b was removed",
  ])
  t.end()
})

test("a join that keeps failing warns once a minute for each address, and anew after a success", (t) => {
  const { lines, log } = logging()
  const fail = (addr: string, nowMs: number): string | undefined => {
    log.joinFailed({ addr, reason: "refused", keep: "always" }, nowMs)
    return lines.at(-1)?.split(" ")[0]
  }
  t.same(
    [fail("a:1", 0), fail("a:1", 59_999), fail("b:1", 59_999), fail("a:1", 60_000)],
    ["warn", "debug", "warn", "warn"],
  )
  log.joined({ kind: "joined", addr: "a:1" as Addr, id: memberId("a"), name: "a", spokenOf: [] })
  t.equal(fail("a:1", 60_001), "warn")
  const levels = Array.from({ length: 1000 }, (_, index) => fail(`c:${index}`, 60_002))
  t.same(new Set(levels), new Set(["warn"]), "any number of addresses is told")
  for (const keep of ["untilJoined", "once"] as const) {
    log.joinFailed({ addr: `${keep}:1`, reason: "refused", keep }, 60_003)
    t.match(lines.at(-1), /^debug/, keep)
  }
  t.equal(lines.at(0), "warn join.failed cannot join through a:1: refused; trying again")
  t.end()
})

test("that this host was removed is a warning, whoever says so, until it is let in", (t) => {
  const { log } = logging()
  t.same(log.warnings, [])
  log.joinFailed({ addr: "a:1", reason: "refused", keep: "once" }, 0)
  t.same(log.warnings, [])
  log.joinFailed({ addr: "a:1", reason: REMOVED, keep: "once" }, 0)
  log.removedHere()
  const message = /^an operator has removed this host .*a:1/
  t.match(log.warnings, [{ code: "removed", message, hint: /empty data directory/ }])
  log.joined({ kind: "joined", addr: "a:1" as Addr, id: memberId("a"), name: "a", spokenOf: [] })
  t.same(log.warnings, [])
  log.removedHere()
  t.match(log.warnings, [{ code: "removed", message: /the group/ }])
  t.end()
})

test("two agents with one key are told apart by their addresses, with what to do", (t) => {
  const { lines, log } = logging()
  const holder = fakeMember("b").record
  const challenger = { ...holder, addr: "10.0.0.9:7951" as Addr }
  log.conflict({ kind: "nameConflict", name: "b", holder, challenger, fatal: false })
  t.match(
    lines[0],
    `error member.conflict two agents run with one key, that of ${holder.id}, at ${holder.addr} and 10.0.0.9:7951; its data directory was copied: stop one of the two`,
  )
  t.end()
})

test("a conflict names both who claim the name", (t) => {
  const { lines, log } = logging()
  const [holder, challenger] = [fakeMember("b").record, fakeMember("c").record]
  log.conflict({ kind: "nameConflict", name: "b", holder, challenger, fatal: false })
  t.match(lines[0], `error member.conflict two living members are called b: ${holder.id} at ${holder.addr} and`)
  t.end()
})
