import HyperDHT from "hyperdht"
import type { Place } from "./tunnel.ts"

/** With fewer nodes two agents behind NATs do not learn how these see them, and make no hole. */
const NODES = 3

/** Nodes that are always there, at `at` and the ports after it: a table of our own, or part of that of the `others`. */
export async function openTable(at: Place, others: readonly string[] = []): Promise<{ close(): Promise<void> }> {
  const known = [...others]
  const nodes: HyperDHT[] = []
  for (let index = 0; index < NODES; index++) {
    const port = at.port + index
    const node = HyperDHT.bootstrapper(port, at.host, { bootstrap: [...known] })
    nodes.push(node)
    await node.fullyBootstrapped()
    known.push(`${at.host}:${port}`)
  }
  return {
    close: async () => {
      for (const node of nodes) await node.destroy({ force: true })
    },
  }
}
