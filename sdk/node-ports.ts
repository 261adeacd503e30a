import { readFileSync } from "node:fs"
import { dial } from "./dial.ts"
import { SYSTEM_CLOCKS } from "./elapsed.ts"
import { httpGet } from "./http-get.ts"
import type { ProcessClaim, SdkPorts, Timer } from "./ports.ts"

/** The system that this process runs on. */
export const NODE_PORTS: SdkPorts = {
  clocks: SYSTEM_CLOCKS,
  random: Math.random,
  timer: nodeTimer,
  soon: (act) => process.nextTick(act),
  ownProcess,
  dial,
  httpGet,
}

/** After a stall of this process an answer may be waiting in the kernel: it is read before time is called. */
function nodeTimer(ms: number, fire: () => void): Timer {
  let turn: NodeJS.Immediate | undefined
  const timer = setTimeout(() => (turn = setImmediate(fire)), ms)
  return {
    keepAlive: (isWanted) => void (isWanted ? timer.ref() : timer.unref()),
    clear: () => {
      clearTimeout(timer)
      clearImmediate(turn)
    },
  }
}

function ownProcess(): ProcessClaim | null {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1")
    // The command may contain anything; the fields are counted after its closing bracket (proc(5)).
    const startTime = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19])
    return Number.isSafeInteger(startTime) ? { pid: process.pid, startTime } : null
  } catch {
    return null
  }
}
