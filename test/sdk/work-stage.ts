import { decodeCommand } from "@conclave/consensus"
import { type Client, connect } from "@conclave/sdk"
import { openClock } from "conclave/node/clock"
import { WorkPlanner } from "conclave/replica/work-planner"
import { type HoldStage, openHoldStage } from "../agent/coordination/hold-stage.ts"

type Teardown = Parameters<typeof openHoldStage>[0]

/** Real sockets before the real state machine, and a leader that plans. */
export async function openWorkStage(t: Teardown): Promise<HoldStage & { readonly connected: () => Promise<Client> }> {
  const stage = await openHoldStage(t)
  const planner = new WorkPlanner({
    clock: openClock(),
    propose: (data, done) => {
      const decoded = decodeCommand(data)
      if (decoded.ok) stage.cluster.apply(decoded.command)
      done(true)
    },
  })
  planner.begin(stage.cluster.machine)
  t.teardown(stage.cluster.listen({ changed: (_rev, changes) => planner.applied(changes), replaced: () => {} }))
  t.teardown(() => planner.end())
  const connected = async (): Promise<Client> => {
    const client = await connect({ socket: stage.path("application"), name: "test" })
    t.teardown(() => client.close())
    return client
  }
  return { ...stage, connected }
}
