import { readSerfLine, readSerfVersion } from "@conclave/bench/fleet/serf-log"
import { test } from "tap"

const STAMP = "    2026/01/02 03:04:05"

test("lines of a Serf agent tell of members", async (t) => {
  const told = (subject: string, verdict: string) => ({ kind: "member", subject, verdict })
  t.same(readSerfLine(`${STAMP} [INFO] serf: EventMemberJoin: m001 127.9.8.1`), told("m001", "alive"))
  t.same(readSerfLine(`${STAMP} [INFO] serf: EventMemberFailed: m.2-x 127.9.8.1`), told("m.2-x", "dead"))
  t.same(readSerfLine(`${STAMP} [INFO] serf: EventMemberLeave: m001 127.9.8.1`), told("m001", "left"))
  t.same(readSerfLine(`${STAMP} [INFO] serf: EventMemberReap: m001`), told("m001", "gone"))
  const suspect = `${STAMP} [INFO] memberlist: Suspect m003 has failed, no acks received`
  t.same(readSerfLine(suspect), told("m003", "accused"))
})

test("a Serf agent's start and failure are told", async (t) => {
  t.same(readSerfLine("==> Serf agent running!"), { kind: "running" })
  const failure = "==> Failed to start the Serf agent: bind: address already in use"
  t.same(readSerfLine(failure), { kind: "failed", message: failure.slice(4) })
})

test("other lines of a Serf agent tell nothing", async (t) => {
  const others = [
    "",
    `${STAMP} [INFO] agent: Received event: member-failed`,
    `${STAMP} [INFO] serf: EventMemberUpdate: m001`,
    `${STAMP} [INFO] serf: attempting reconnect to m003 127.9.8.3:7946`,
    `${STAMP} [WARN] memberlist: Refuting a suspect message (from: m003)`,
    "                      Node name: 'a'",
  ]
  for (const line of others) t.equal(readSerfLine(line), undefined, line)
})

test("the version of Serf is read in its old and its new form", async (t) => {
  t.equal(readSerfVersion("0.10.2-dev\nAgent Protocol: 5 (Understands back to: 2)\n"), "0.10.2-dev")
  t.equal(readSerfVersion("Serf v0.8.2-dev\nAgent Protocol: 5\n"), "0.8.2-dev")
  t.equal(readSerfVersion("command not found"), undefined)
})
