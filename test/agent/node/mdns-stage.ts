import { canHaveNetworks } from "./own-network.ts"

export const HAS_NETWORKS: boolean = canHaveNetworks("multicast DNS")

/** What a script begins with that plays in a network of its own: sources of announcements, and waiting. */
export const STAGE: string = `
  import { execFileSync } from "node:child_process"
  const { MdnsSource } = await import(${JSON.stringify(import.meta.resolve("conclave/node/discovery/mdns-source"))})
  const { until } = await import(${JSON.stringify(import.meta.resolve("./until.js"))})
  const { agentIn, states } = await import(${JSON.stringify(import.meta.resolve("./daemon-stage.js"))})
  const source = (letter, port, cluster = "x") => {
    const heard = { addrs: [], troubles: [] }
    const options = { id: letter.repeat(25) + "a", cluster, addr: "127.0.0.1:" + port, answersMs: 500 }
    const made = new MdnsSource(options)
    made.start((addrs) => { heard.addrs = [...new Set(addrs)].sort() }, (trouble) => heard.troubles.push(trouble.problem))
    return { made, heard }
  }
  const refreshed = (what, { made }, holds) => until(what, () => { made.refresh(); return holds() })
`
