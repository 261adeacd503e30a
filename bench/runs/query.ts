import { Agent, request } from "node:http"
import { Random } from "@conclave/base"
import type { Bench, BenchContext } from "../context.ts"
import type { Driver } from "../fleet/driver.ts"
import { Fleet } from "../fleet/fleet.ts"
import { QUERY_METRICS } from "../metrics.ts"

export const QUERY: Bench = {
  metrics: QUERY_METRICS,
  variant: "path",
  peers: false,
  run: async () => undefined,
}
void Agent, request, Random, Fleet
export type X = [BenchContext, Driver]
