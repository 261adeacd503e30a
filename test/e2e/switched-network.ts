import { spawnSync } from "node:child_process"
import { inside, openNamespaces } from "./namespaces.ts"
import type { Place } from "./started-agent.ts"

const PORT = 7951

/** A switch and hosts, each a network namespace, joined by virtual cables. */
const SCRIPT = `
  nft add table bridge cuts
  ip link add switch type bridge
  ip link set switch up
  for host in $(seq 1 "$1"); do
    fresh
    ip link add port$host type veth peer name wire$host
    ip link set port$host master switch up
    ip link set wire$host netns $new
    inside $new "ip link set lo up; ip addr add 10.77.0.$host/24 dev wire$host; ip link set wire$host up"
    hosts="$hosts $new"
  done`

/** Hosts with the addresses 10.77.0.1, .2, … and a switch between them that drops what it is told to. */
export class SwitchedNetwork {
  readonly #switch: number
  readonly #hosts: readonly number[]

  private constructor(pids: readonly number[]) {
    const [first = 0, ...hosts] = pids
    this.#switch = first
    this.#hosts = hosts
  }

  /** undefined where this machine has none. */
  static async open(t: Parameters<typeof openNamespaces>[0], hosts: number): Promise<SwitchedNetwork | undefined> {
    const what = "cuts by packet filter"
    const pids = await openNamespaces(t, { script: SCRIPT, args: [String(hosts)], what })
    return pids === undefined ? undefined : new SwitchedNetwork(pids)
  }

  /** `index` counts from 0. */
  place(index: number): Place {
    return { enter: inside(this.#hosts[index] ?? 0), bind: `${address(index)}:${PORT}` }
  }

  /** What one of `from` sends to one of `to` is lost from now on. */
  cut(from: readonly number[], to: readonly number[]): void {
    const pairs = from.flatMap((each) => to.map((other) => `ip saddr ${address(each)} ip daddr ${address(other)} drop`))
    this.#filter([
      "add chain bridge cuts between { type filter hook forward priority 0; }",
      ...pairs.map((pair) => `add rule bridge cuts between ${pair}`),
    ])
  }

  /** So many of a hundred packets are lost from now on, whoever sends them. */
  lose(percent: number): void {
    this.#filter([
      "add chain bridge cuts loss { type filter hook forward priority 1; }",
      "flush chain bridge cuts loss",
      `add rule bridge cuts loss numgen random mod 100 < ${percent} drop`,
    ])
  }

  heal(): void {
    this.#filter(["flush chain bridge cuts between"])
  }

  #filter(rules: readonly string[]): void {
    const [program = "", ...args] = [...inside(this.#switch), "nft", "--file", "-"]
    const done = spawnSync(program, args, { input: `${rules.join("\n")}\n`, encoding: "utf8" })
    if (done.status !== 0) throw new Error(`the packet filter took no rule: ${done.error?.message ?? done.stderr}`)
  }
}

function address(index: number): string {
  return `10.77.0.${index + 1}`
}
