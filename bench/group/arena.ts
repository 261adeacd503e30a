import { Random } from "@conclave/base"
import type { BenchContext } from "../context.ts"
import { Fleet } from "../fleet/fleet.ts"
import { LoadProgram } from "./load-program.ts"
import { type GroupSystem, SERVERS } from "./system.ts"

/** What users of both systems have by default or are told to use; it only counts where a host or application dies. */
export const TTL_MS = 10_000

/** Sessions over which the clients of many are shared out, at most. */
export const SESSIONS_MAX = 9

const WARM_UP_WORKERS = 16
const WARM_UP_MS = 10_000

/** A system's servers at work. Those of all systems stand side by side and take turns, run by run. */
export interface Arena {
  readonly system: GroupSystem
  readonly fleet: Fleet
  /** Those that vote. */
  readonly servers: readonly string[]
  /** The applications of each server, which go on from run to run as applications do. */
  readonly programs: Map<string, LoadProgram>
}

/** Starts `agents` of ours and three servers of every peer; all are closed when `use` is done. */
export async function inArenas(
  context: BenchContext,
  agents: number,
  use: (arenas: readonly Arena[]) => Promise<void>,
): Promise<void> {
  const arenas: Arena[] = []
  try {
    for (const [index, system] of context.groups.entries()) {
      const n = index === 0 ? agents : SERVERS
      context.progress(`starting ${n} × ${system.driver.name}`)
      const history = context.history.of(system.driver.name)
      const fleet = new Fleet(system.driver, n, new Random(context.plan.seed + index), history)
      arenas.push({ system, fleet, servers: fleet.names.slice(0, SERVERS), programs: new Map() })
      await fleet.start()
      fleet.unobserve()
      await system.ripen(fleet)
    }
    await use(arenas)
  } finally {
    for (const { fleet, programs } of arenas) {
      for (const program of programs.values()) await program.kill()
      await fleet.close()
    }
  }
}

/** Starts applications of one server. */
export function startLoad({ system, fleet }: Arena, server: string, name: string): LoadProgram {
  return new LoadProgram(system.loadCommand(fleet, server), { name, server })
}

/** The lasting programs of these servers, with so many sessions open, shared out. */
export async function programsAt(
  arena: Arena,
  servers: readonly string[],
  sessions: number,
): Promise<readonly LoadProgram[]> {
  const programs = servers.map((server) => {
    const known = arena.programs.get(server) ?? startLoad(arena, server, `app-${server}`)
    arena.programs.set(server, known)
    return known
  })
  await openSessions(programs, sessions)
  return programs
}

/**
 * What is to be measured goes on for a while before anything is counted: a server that has just started runs code that
 * nobody has compiled yet, be it ours or a peer's.
 */
export async function warmUp(context: BenchContext, arenas: readonly Arena[], what: "pairs" | "puts"): Promise<void> {
  for (const arena of arenas) {
    context.progress(`warming up ${arena.system.driver.name}`)
    const programs = await programsAt(arena, arena.servers, WARM_UP_WORKERS)
    await Promise.all(
      programs.map((program, index) => {
        const workers = share(WARM_UP_WORKERS, index, programs.length)
        const stretch = { name: "warm-up", workers, sessions: workers, warmUpMs: WARM_UP_MS, ms: 1 }
        return program.order(
          what === "pairs" ? { do: what, ...stretch } : { do: what, bytes: 1, everyMs: 0, ...stretch },
        )
      }),
    )
  }
}

/** Shares sessions out over the programs. */
export async function openSessions(programs: readonly LoadProgram[], sessions: number): Promise<void> {
  await Promise.all(
    programs.map((program, index) =>
      program.order({ do: "open", count: share(sessions, index, programs.length), ttlMs: TTL_MS }),
    ),
  )
}

/** How much of a whole falls to one of several. */
export function share(whole: number, index: number, parts: number): number {
  return Math.floor(whole / parts) + (index < whole % parts ? 1 : 0)
}

/** Runs `use` with one program of applications at each of these servers, and ends them. */
export async function withLoad<T>(
  arena: Arena,
  servers: readonly string[],
  use: (programs: readonly LoadProgram[]) => Promise<T>,
): Promise<T> {
  const programs = servers.map((server) => startLoad(arena, server, `app-${server}`))
  try {
    return await use(programs)
  } finally {
    await Promise.all(programs.map((program) => program.kill()))
  }
}
