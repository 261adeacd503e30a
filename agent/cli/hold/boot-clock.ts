import { uptime } from "node:os"

/** Milliseconds since the machine was started, suspends included: one clock for all processes, with steps of 10 ms. */
export function bootMs(): number {
  return uptime() * 1000
}
