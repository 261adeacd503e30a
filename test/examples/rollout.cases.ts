import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "tap"
import { conclave, eventually } from "../program.ts"
import { example, LONG, theAgents } from "./fleet.ts"

const HOSTS = ["a", "b", "c", "d", "e", "f"]
const LIMIT = 2

test(
  "a rollout never runs on more than two hosts at once, also when one is killed as its command begins",
  LONG,
  async (t) => {
    const { n1, n2 } = await theAgents(t)
    const folder = t.testdir({})
    const log = join(folder, "log")
    writeFileSync(log, "")
    const lines = (): readonly string[] => readFileSync(log, "utf8").split("\n").slice(0, -1)
    // Of the first command the rollout that began it is killed at once. All run until they may end.
    const [go, first] = [join(folder, "go"), join(folder, "first")]
    const job =
      'mkdir "$3" 2> /dev/null && kill -9 $PPID; ' +
      'echo "+ $1" >> "$0"; until [ -e "$2" ]; do sleep 0.05; done; sleep 0.1; echo "- $1" >> "$0"'
    const run = (host: string, at: number) =>
      example(t, at % 2 === 0 ? n1 : n2, "rollout", String(LIMIT), "sh", "-c", job, log, host, go, first)
    const rollouts = HOSTS.map(run)
    t.ok(await eventually(() => lines().length === LIMIT))
    // Time for somebody to begin who should not: what it had started runs still.
    for (let look = 0; look < 2; look++) {
      const { stdout } = await conclave(t, "semaphores", "rollout/web", "--json", "--socket", n1.socket).ended
      t.match(JSON.parse(stdout), { limit: LIMIT, used: LIMIT })
    }
    writeFileSync(go, "")
    const codes = await Promise.all(rollouts.map(async ({ ended }) => (await ended).code))
    t.equal(codes.filter((code) => code === 0).length, HOSTS.length - 1, codes.join())
    t.ok(await eventually(() => lines().length === 2 * HOSTS.length))
    let running = 0
    let most = 0
    for (const line of lines()) {
      running += line.startsWith("+") ? 1 : -1
      most = Math.max(most, running)
    }
    t.equal(most, LIMIT, lines().join())
  },
)
