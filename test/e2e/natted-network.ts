import { inside, openNamespaces } from "./namespaces.ts"
import type { Place } from "./started-agent.ts"

const PORT = 7951

/** Each argument is what a NAT does: host 1 is 10.1.0.2 behind 203.0.113.11, and so on. */
const SCRIPT = `
  ip link set lo up
  ip link add internet type bridge
  ip link set internet up
  ip addr add 203.0.113.1/24 dev internet
  number=0
  for translation in "$@"; do
    number=$((number + 1))
    fresh; nat=$new
    fresh; host=$new
    ip link add port$number type veth peer name outer$number
    ip link set port$number master internet up
    ip link set outer$number netns $nat
    ip link add inner$number type veth peer name wire$number
    ip link set inner$number netns $nat
    ip link set wire$number netns $host
    inside $nat "
      ip addr add 203.0.113.1$number/24 dev outer$number; ip link set outer$number up
      ip addr add 10.$number.0.1/24 dev inner$number; ip link set inner$number up
      echo 1 > /proc/sys/net/ipv4/ip_forward
      nft add table ip nat
      nft 'add chain ip nat out { type nat hook postrouting priority 100; }'
      nft add rule ip nat out oifname outer$number $translation
      nft add table ip filter
      nft 'add chain ip filter in { type filter hook input priority 0; policy drop; }'
      nft add rule ip filter in iifname inner$number accept"
    inside $host "
      ip link set lo up
      ip addr add 10.$number.0.2/24 dev wire$number; ip link set wire$number up
      ip route add default via 10.$number.0.1"
    hosts="$hosts $host"
  done`

/** What a NAT does: keeps a host's port as long as it can, or takes another one for each destination. */
export type Translation = "masquerade" | "masquerade random"

/** A public network at 203.0.113.1, and hosts that reach it through a NAT each, which lets nothing in by itself. */
export class NattedNetwork {
  readonly #internet: number
  readonly #hosts: readonly number[]

  private constructor(pids: readonly number[]) {
    const [internet = 0, ...hosts] = pids
    this.#internet = internet
    this.#hosts = hosts
  }

  /** undefined where this machine has none. */
  static async open(
    t: Parameters<typeof openNamespaces>[0],
    translations: readonly Translation[],
  ): Promise<NattedNetwork | undefined> {
    const pids = await openNamespaces(t, { script: SCRIPT, args: translations, what: "a NAT" })
    return pids === undefined ? undefined : new NattedNetwork(pids)
  }

  get internet(): Place {
    return { enter: inside(this.#internet), bind: `203.0.113.1:${PORT}` }
  }

  /** The host behind the NAT of that `index`, from 0. */
  place(index: number): Place {
    return { enter: inside(this.#hosts[index] ?? 0), bind: `10.${index + 1}.0.2:${PORT}` }
  }
}
