import type { BenchContext } from "../context.ts"
import { probeDisk } from "../disk-probe.ts"
import { type Arena, inArenas, programsAt, warmUp } from "../group/arena.ts"
import { conclaveGroup } from "../group/conclave-group.ts"
import { SERVERS } from "../group/system.ts"
import type { PutsAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { quantiles } from "../quantiles.ts"

const VALUE_BYTES = 128
/** The application speaks with a server that has just started. */
const WARM_UP_MS = 1_000

/** How long a put takes until the group has agreed on it, asked for at its leader: in the clear and under TLS. */
export async function commits(context: BenchContext, windowMs: number): Promise<void> {
  const groups = [conclaveGroup(), conclaveGroup({ isSealed: true })]
  await inArenas({ ...context, groups }, SERVERS, async ([plain, tls]) => {
    if (plain === undefined || tls === undefined) return
    await warmUp(context, [plain, tls], "puts")
    for (let run = 1; run <= context.plan.runs; run++) {
      await commitOnce(context, { mode: "plain", arena: plain, run, windowMs })
      await commitOnce(context, { mode: "tls", arena: tls, run, windowMs })
    }
  })
}

interface Task {
  readonly mode: "plain" | "tls"
  readonly arena: Arena
  readonly run: number
  readonly windowMs: number
}

async function commitOnce(
  { plan, progress, record }: BenchContext,
  { mode, arena, run, windowMs }: Task,
): Promise<void> {
  const { system, fleet, servers } = arena
  progress(`seal ${run}/${plan.runs}: commits, ${mode}`)
  const fdatasyncUs = probeDisk()
  const machine = watchLoad()
  const leader = await system.leader(fleet, servers)
  if (leader === undefined) throw new Error("nobody leads whom a put could be asked of")
  const [program] = await programsAt(arena, [leader], 1)
  const stretch = { name: "bench-seal", sessions: 1, warmUpMs: WARM_UP_MS, ms: windowMs }
  const answer = await program?.order<PutsAnswer>({
    do: "puts",
    workers: 1,
    bytes: VALUE_BYTES,
    everyMs: 0,
    ...stretch,
  })
  const { version: systemVersion, profile } = system.driver
  const commitMs = quantiles(answer?.putMs ?? []) ?? null
  record({ system: "conclave", systemVersion, profile, run, n: SERVERS }, { mode, commitMs, fdatasyncUs, ...machine() })
}
