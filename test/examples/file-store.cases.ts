import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { type Test, test } from "tap"
import type { StartedAgent } from "../e2e/started-agent.ts"
import { eventually, Program } from "../program.ts"
import { compiled, LONG, theAgents } from "./fleet.ts"

/** A writer that waits for its input while it holds the lock. */
class Writer {
  readonly lines: string[] = []
  readonly ended: Promise<number | null>
  readonly #child: ReturnType<typeof spawn>

  constructor(t: Test, agent: StartedAgent, store: string) {
    const env = { ...process.env, NODE_OPTIONS: undefined, CONCLAVE_SOCKET: agent.socket }
    this.#child = spawn(process.execPath, [compiled("store-writer"), store, "report"], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    })
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on("line", (line) => this.lines.push(line))
    this.ended = once(this.#child, "close").then(([code]) => code as number | null)
    t.teardown(() => {
      this.signal("SIGKILL")
      return this.ended
    })
  }

  get token(): bigint {
    return BigInt(this.lines[0]?.split(" ")[1] ?? 0)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  write(text: string): void {
    this.#child.stdin?.end(text)
  }
}

test(
  "a writer that was stopped while its host died is refused by the store, and the next one's text stays",
  LONG,
  async (t) => {
    const agents = await theAgents(t)
    const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const socket = join(folder, "store.sock")
    new Program(t, [process.execPath, compiled("file-store"), folder, socket])
    const old = new Writer(t, agents.n3, socket)
    t.ok(await eventually(() => old.token > 0n))
    old.signal("SIGSTOP")
    agents.n3.program.signal("SIGKILL")
    const next = new Writer(t, agents.n1, socket)
    t.ok(await eventually(() => next.token > old.token), "the lock moves when its time is over")
    next.write("the new report")
    t.equal(await next.ended, 0)
    old.signal("SIGCONT")
    old.write("the old report")
    t.equal(await old.ended, 1)
    t.match(old.lines.at(-1), /^refused/)
    t.equal(readFileSync(join(folder, "report"), "utf8"), "the new report")
  },
)
