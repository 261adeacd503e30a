import { ConclaveError } from "@conclave/sdk"
import { doubleOwners, forgotten, type Ownership } from "../fleet/owners.ts"
import { calm, type Stage, waitMs } from "./stage.ts"

const POOL = { name: "kill-worker", partitions: 20 }
const WORKERS = ["w1", "w2", "w3", "w4"] as const
/** Each worker has as many before the first of them is killed. */
const FAIR_SHARE = POOL.partitions / WORKERS.length
const ASK_LIMIT_MS = 2000
const AGAIN_MS = 50

/**
 * Four workers share a pool. One is killed, one is stopped until others have what it had, one is drained: each item is
 * always somebody's, never two workers' at once, and what was kept with it is not forgotten.
 */
export async function killWorker(stage: Stage): Promise<void> {
  const { fleet, report, measured } = stage
  const { apps, running } = fleet
  for (const [index, worker] of WORKERS.entries())
    fleet.startWorker(worker, running[index % running.length] ?? "", POOL)
  const isShared = (): boolean => WORKERS.every((worker) => apps.itemsOf(worker, POOL.name).length === FAIR_SHARE)
  if (!(await fleet.until(isShared, waitMs(stage)))) return
  report.note(`four workers have ${FAIR_SHARE} items each`)

  const [killed, stopped, drained] = WORKERS
  const killedMs = await takenOver(stage, killed, "kill-app", () => apps.kill(killed))
  if (killedMs === undefined) return
  measured.set("reassignMs", killedMs)

  const stoppedItems = apps.itemsOf(stopped, POOL.name)
  if ((await takenOver(stage, stopped, "stop-app", () => apps.stop(stopped))) === undefined) return
  tellFault(stage, stopped, "continue-app")
  apps.continue(stopped)
  // Not before it has told how long it believed is it known whether two did.
  const hasTold = (): boolean => stoppedItems.every(({ toMs }) => toMs !== undefined)
  if (!(await fleet.until(hasTold, waitMs(stage)))) return

  if ((await takenOver(stage, drained, "drain-app", () => apps.drain(drained, POOL.name))) === undefined) return
  await calm(stage)
  measured.set("lostItems", await lostItems(stage))
  measured.set("doubleOwners", doubleOwners(apps.owners.told(POOL.name)).length)
}

/** Does something to a worker; how long after it the last item that it had was another one's. */
async function takenOver(
  stage: Stage,
  worker: string,
  fault: "kill-app" | "stop-app" | "drain-app",
  doIt: () => void,
): Promise<number | undefined> {
  const { fleet, report } = stage
  const { apps } = fleet
  const had = apps.itemsOf(worker, POOL.name)
  tellFault(stage, worker, fault)
  const sinceMs = performance.now()
  doIt()
  const followers = (): readonly Ownership[] => {
    const now = apps.owners.now(POOL.name)
    return had.flatMap(({ item, app, token }) => {
      const owner = now.get(item)
      return owner === undefined || owner.app === app || owner.token <= token ? [] : [owner]
    })
  }
  if (!(await fleet.until(() => followers().length === had.length, waitMs(stage)))) return undefined
  const afterMs = Math.max(0, ...followers().map(({ fromMs }) => fromMs - sinceMs))
  const items = had.length
  report.event({ event: "reassigned", name: POOL.name, app: `app-${worker}`, items, afterMs: Math.round(afterMs) })
  return afterMs
}

function tellFault({ fleet, report }: Stage, worker: string, fault: string): void {
  const pid = fleet.apps.pidOf(worker)
  report.event({ event: "fault", fault, agent: fleet.apps.agentOf(worker), app: `app-${worker}`, pid })
}

/** Items that no running worker has under the token that the cluster says, or with which something was forgotten. */
async function lostItems(stage: Stage): Promise<number> {
  const { fleet } = stage
  const told = fleet.apps.owners
  const items = Array.from({ length: POOL.partitions }, (_, index) => String(index))
  const deadline = performance.now() + waitMs(stage)
  for (;;) {
    const tokens = await askTokens(stage)
    // Some move still: the worker that was stopped is given its share again.
    const now = told.now(POOL.name)
    const lost = items.filter((item) => tokens?.get(item) === undefined || now.get(item)?.token !== tokens.get(item))
    if (lost.length === 0 || performance.now() > deadline)
      return new Set([...lost, ...forgotten(told.told(POOL.name))]).size
    await fleet.until(() => false, AGAIN_MS)
  }
}

/** Under which token each item is assigned, as the cluster says; undefined where it does not answer. */
async function askTokens({ fleet }: Stage): Promise<ReadonlyMap<string, bigint> | undefined> {
  try {
    const { items } = await fleet
      .client(fleet.running[0] ?? "")
      .request("work.items", { name: POOL.name }, { timeoutMs: ASK_LIMIT_MS })
    return new Map(
      items.flatMap(({ item, state, token }) => (state === "assigned" && token !== null ? [[item, token]] : [])),
    )
  } catch (error) {
    if (ConclaveError.is(error)) return undefined
    throw error
  }
}
