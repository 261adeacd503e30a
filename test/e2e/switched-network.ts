import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { createInterface } from "node:readline"
import type { Place } from "./started-agent.ts"

const PORT = 7951

/**
 * A switch and hosts, each a network namespace, joined by virtual cables. Every process in them reads the test's end of
 * one pipe, and goes when that is closed, however the test ended.
 */
const SCRIPT = `
  exec 3<&0
  nft add table bridge cuts
  ip link add switch type bridge
  ip link set switch up
  for host in $(seq 1 "$1"); do
    unshare --net cat <&3 > /dev/null &
    until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do :; done
    ip link add port$host type veth peer name wire$host
    ip link set port$host master switch up
    ip link set wire$host netns $!
    nsenter --target $! --net sh -ec "ip link set lo up; ip addr add 10.77.0.$host/24 dev wire$host; ip link set wire$host up"
    hosts="$hosts $!"
  done
  echo "$$ $hosts"
  exec cat <&3 > /dev/null`

/** Hosts with the addresses 10.77.0.1, .2, … and a switch between them that drops what it is told to. */
export class SwitchedNetwork {
  readonly #switch: number
  readonly #hosts: readonly number[]

  private constructor(pids: readonly number[]) {
    const [first = 0, ...hosts] = pids
    this.#switch = first
    this.#hosts = hosts
  }

  /** undefined where the machine has no such namespaces, or lacks `ip` or `nft`; that is said loudly. */
  static async open(t: Teardown, hosts: number): Promise<SwitchedNetwork | undefined> {
    const child = spawn("unshare", ["--map-root-user", "--net", "sh", "-ec", SCRIPT, "sh", String(hosts)], {
      stdio: ["pipe", "pipe", "inherit"],
    })
    t.teardown(() => child.stdin.end())
    const line = await firstLine(child)
    if (line !== undefined) return new SwitchedNetwork(line.trim().split(/\s+/).map(Number))
    console.error(
      "SKIPPED: cuts by packet filter need network namespaces; on Debian: apt-get install nftables iproute2",
    )
    return undefined
  }

  /** `index` counts from 0. */
  place(index: number): Place {
    return { enter: this.#inside(this.#hosts[index] ?? 0), bind: `${address(index)}:${PORT}` }
  }

  /** What one of `from` sends to one of `to` is lost from now on. */
  cut(from: readonly number[], to: readonly number[]): void {
    const pairs = from.flatMap((each) => to.map((other) => `ip saddr ${address(each)} ip daddr ${address(other)} drop`))
    this.#filter([
      "add chain bridge cuts between { type filter hook forward priority 0; }",
      ...pairs.map((pair) => `add rule bridge cuts between ${pair}`),
    ])
  }

  heal(): void {
    this.#filter(["flush chain bridge cuts between"])
  }

  #filter(rules: readonly string[]): void {
    const [program = "", ...args] = [...this.#inside(this.#switch), "nft", "--file", "-"]
    const done = spawnSync(program, args, { input: `${rules.join("\n")}\n`, encoding: "utf8" })
    if (done.status !== 0) throw new Error(`the packet filter took no rule: ${done.error?.message ?? done.stderr}`)
  }

  #inside(pid: number): readonly string[] {
    return ["nsenter", "--target", String(pid), "--user", "--net", "--preserve-credentials"]
  }
}

interface Teardown {
  readonly teardown: (ended: () => unknown) => void
}

function address(index: number): string {
  return `10.77.0.${index + 1}`
}

/** undefined when the program cannot start or ends without one. */
function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(undefined))
    if (child.stdout !== null)
      createInterface({ input: child.stdout })
        .once("line", resolve)
        .once("close", () => resolve(undefined))
  })
}
