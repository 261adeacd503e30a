import { Agent, request } from "node:http"
import { Random } from "@conclave/base"
import { type Client, connect } from "@conclave/sdk"
import type { Bench, BenchContext } from "../context.ts"
import type { Driver } from "../fleet/driver.ts"
import { Fleet } from "../fleet/fleet.ts"
import { watchLoad } from "../machine-load.ts"
import { QUERY_METRICS } from "../metrics.ts"
import type { QueryPath } from "../plan.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"

const MEMBERS_DEFAULT = 8
const BOOT_LIMIT_MS = 60_000
const WINDOW_MS = 3_000
/** Calls before the window: connections, first views and the compiler are ready by then. */
const WARM_UP_CALLS = 2_000
/** Latencies kept of one run, from its start; the rate counts all calls. */
const SAMPLES_MAX = 1_000_000
/** Calls between two turns of the event loop. */
const BATCH = 256

/** What an application pays for a question to its own agent: one client, one call after the other. */
export const QUERY: Bench = {
  metrics: QUERY_METRICS,
  variant: ["path"],
  peers: [],
  run: async (context) => {
    const [driver] = context.drivers
    if (driver === undefined) throw new RangeError("no system to ask")
    const n = context.plan.n ?? MEMBERS_DEFAULT
    context.progress(`query: starting ${n} × ${driver.name}`)
    const fleet = new Fleet(driver, n, new Random(context.plan.seed), context.history.of(driver.name))
    try {
      await fleet.start()
      await fleet.allSeeAll(BOOT_LIMIT_MS)
      fleet.unobserve()
      await askFleet(context, driver, fleet)
    } finally {
      await fleet.close()
    }
  },
}

async function askFleet(context: BenchContext, driver: Driver, fleet: Fleet): Promise<void> {
  const { plan } = context
  const { socket } = fleet.running(fleet.names[0] ?? "")
  if (socket === undefined) throw new RangeError(`${driver.name} has no socket for applications`)
  for (let run = 1; run <= plan.runs; run++) {
    for (const path of plan.paths) {
      context.progress(`query ${run}/${plan.runs}: ${path}`)
      const place = { system: driver.name, systemVersion: driver.version, profile: driver.profile }
      const machine = watchLoad()
      const figures = await withCaller(path, socket, (call) => measure(call, plan.durationMs ?? WINDOW_MS))
      context.record({ ...place, run, n: fleet.names.length }, { path, clients: 1, ...figures, ...machine() })
    }
  }
}

type Call = () => Promise<unknown>

async function withCaller<T>(path: QueryPath, socket: string, use: (call: Call) => Promise<T>): Promise<T> {
  if (path === "http") return withHttp(socket, use)
  const client: Client = await connect({ socket, name: "bench" })
  try {
    return await use(path === "sdk" ? () => client.members() : () => client.status())
  } finally {
    await client.close()
  }
}

async function withHttp<T>(socketPath: string, use: (call: Call) => Promise<T>): Promise<T> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sent = request({ socketPath, path: "/v1/status", agent }, (response) => {
        let body = ""
        response.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk
        })
        response.once("error", reject).once("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(body))
          else reject(new Error(`/v1/status answered ${response.statusCode}: ${body}`))
        })
      })
      sent.once("error", reject).end()
    })
  try {
    return await use(call)
  } finally {
    agent.destroy()
  }
}

async function measure(call: Call, windowMs: number): Promise<RunFields> {
  for (let count = 0; count < WARM_UP_CALLS; count++) await call()
  const samples: number[] = []
  const beganAtMs = performance.now()
  let calls = 0
  let nowMs = beganAtMs
  while (nowMs - beganAtMs < windowMs) {
    for (let count = 0; count < BATCH; count++) {
      const sentAtMs = performance.now()
      await call()
      nowMs = performance.now()
      if (samples.length < SAMPLES_MAX) samples.push((nowMs - sentAtMs) * 1_000)
    }
    calls += BATCH
    // A promise that resolves at once never lets the loop turn: the client must hear its agent.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const latencyUs = quantiles(samples.map((sample) => significant(sample)))
  return {
    callsPerSec: significant((calls * 1_000) / (nowMs - beganAtMs)),
    latencyUs: latencyUs ?? null,
  }
}
