import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { test } from "tap"
import { eventually, stateOf } from "../program.ts"
import { LONG, onHost, theAgents } from "./fleet.ts"

const SCRIPT = fileURLToPath(new URL("../../../examples/backup.sh", import.meta.url))

test(
  "a script with curl alone runs its command on one host at a time, and frees its lock when it is killed",
  LONG,
  async (t) => {
    if (spawnSync("curl", ["--version"], { stdio: "ignore" }).status !== 0) {
      console.error("SKIPPED: a script with curl alone needs curl; on Debian: apt-get install curl")
      return
    }
    const { n1, n2 } = await theAgents(t)
    const log = join(t.testdir({}), "log")
    writeFileSync(log, "")
    const lines = (): readonly string[] => readFileSync(log, "utf8").split("\n").slice(0, -1)
    const backup = (socket: string, host: string, job: string) =>
      onHost(t, socket, [SCRIPT, "nightly", "sh", "-c", `echo "${host} $$" >> "$0"; ${job}`, log])
    const killed = backup(n1.socket, "one", "exec sleep 300")
    t.ok(await eventually(() => lines().length === 1))
    const second = backup(n2.socket, "two", 'sleep 0.3; echo "two done" >> "$0"; exit 3')
    const third = backup(n1.socket, "three", "exit 0")
    killed.signal("SIGKILL")
    t.equal((await second.ended).code, 3, "the command's own exit code")
    t.equal((await third.ended).code, 0)
    const [one = "", two, twoDone, three, ...more] = lines()
    t.equal(stateOf(Number(one.split(" ")[1])), undefined, "what the killed script had started is gone")
    const order = [two, twoDone, three].map((line) => line?.split(" ")[0])
    t.ok(order.join() === "two,two,three" || order.join() === "three,two,two", order.join())
    t.same(more, [])
    const refused = onHost(t, "/nonexistent", [SCRIPT, "nightly", "true"])
    const { code, stderr } = await refused.ended
    t.equal(code, 1)
    t.match(stderr, /^no lock/)
  },
)
