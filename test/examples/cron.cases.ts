import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "tap"
import { eventually } from "../program.ts"
import { example, LONG, theAgents } from "./fleet.ts"

test(
  "a cron on three hosts runs each tick once, also when the one that runs it is killed in the middle",
  LONG,
  async (t) => {
    const { n1, n2, n3 } = await theAgents(t)
    const log = join(t.testdir({}), "log")
    writeFileSync(log, "")
    const ran = (): readonly string[][] => {
      const lines = readFileSync(log, "utf8").split("\n").slice(0, -1)
      return lines.map((line) => line.split(" "))
    }
    const begun = (): readonly (string | undefined)[] =>
      ran().flatMap(([what, tick]) => (what === "begin" ? [tick] : []))
    // Its parent is the cron that runs it.
    const job = 'echo "begin $TICK $PPID" >> "$0"; sleep 0.2; echo "end $TICK" >> "$0"'
    const crons = [n1, n2, n3].map((agent) => example(t, agent, "cron", "400", "sh", "-c", job, log))
    t.ok(await eventually(() => begun().length >= 2))
    const before = begun().length
    const runs = (pid: number): boolean => ran().at(-1)?.[0] === "begin" && ran().at(-1)?.[2] === String(pid)
    t.ok(await eventually(() => crons.some(({ pid }) => runs(pid))))
    const victim = crons.find(({ pid }) => ran().at(-1)?.[2] === String(pid)) ?? crons[0]
    victim?.signal("SIGKILL")
    await victim?.ended
    t.ok(await eventually(() => begun().length >= before + 4), "the others go on")
    const ticks = begun()
    t.same(ticks, [...new Set(ticks)], "no tick twice")
    t.same(
      ticks,
      [...ticks].sort((a, b) => Number(a) - Number(b)),
    )
    const others = ran().flatMap(([what, tick, pid]) => (what === "begin" && pid !== String(victim?.pid) ? [tick] : []))
    t.ok(others.length >= 3)
  },
)
