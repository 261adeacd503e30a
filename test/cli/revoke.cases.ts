import { test } from "tap"
import { conclave } from "./program.ts"

/** Refused before any agent is asked: there is none. */
async function refused(...argv: readonly string[]): Promise<string> {
  const { code, stderr } = await conclave([...argv, "--json", "--admin-socket", "/nonexistent"])
  const { error } = JSON.parse(stderr)
  return `${code} ${error.message}`
}

test("revoke refuses what it cannot mean, before anybody is asked", async (t) => {
  t.match(await refused("revoke", "lokc", "a", "--reason", "r"), /^2 "lokc" is no kind to revoke; did you mean lock\?/)
  t.match(
    await refused("revoke", "queue", "a", "--reason", "r"),
    /there are lock, election, semaphore, group, work, session/,
  )
  t.match(await refused("revoke", "lock", "a"), /^2 revoke needs --reason TEXT/)
  t.match(await refused("revoke", "lock"), /^2 revoke needs KIND NAME/)
  t.match(await refused("revoke", "lock", "a", "--reason", "r", "--grace", "soon"), /^2 --grace takes a duration/)
  t.match(await refused("revoke", "lock", "a", "--reason", "r", "--token", "-1"), /^2 --token/)
  t.match(await refused("revoke", "session", "a", "--reason", "r", "--token", "1"), /^2 a session has no --token/)
  for (const grace of ["0", "0s", "5m"])
    t.match(await refused("revoke", "lock", "a", "--reason", "r", "--grace", grace), /^3 no agent runs here/, grace)
})

test("who is not there is looked for at the socket that was meant", async (t) => {
  const { stderr } = await conclave(["revoke", "lock", "a", "--reason", "r", "--admin-socket", "/nonexistent"])
  t.match(stderr, /no agent runs here[\s\S]*elsewhere: --admin-socket PATH/)
  t.match((await conclave(["locks", "--socket", "/nonexistent"])).stderr, /elsewhere: --socket PATH/)
})

test("what goes without each other is told, and a slip of the second word", async (t) => {
  t.match(await refused("locks", "a", "--prefix", "b"), /^2 NAME goes without --prefix/)
  t.match(await refused("elections", "--stale", "--watch"), /^2 --stale and --watch exclude each other/)
  t.match(await refused("raft", "statsu"), /^2 unknown command "raft statsu"/)
  t.match(await refused("raft", "add"), /^2 raft add needs NAME/)
})
