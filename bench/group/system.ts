import type { Driver } from "../fleet/driver.ts"
import type { Fleet } from "../fleet/fleet.ts"

/** How many servers vote in every system that is measured. */
export const SERVERS = 3

/** A system whose servers agree: how to run it, to ask who leads, and to play its applications. */
export interface GroupSystem {
  readonly driver: Driver
  /** Its servers vote, all of them, when this resolves. */
  ripen(fleet: Fleet): Promise<void>
  /** Who leads, as far as those named know; undefined while nobody does. */
  leader(fleet: Fleet, among: readonly string[]): Promise<string | undefined>
  /** Moves the leadership to another server; resolves when that is done. */
  transfer(fleet: Fleet): Promise<void>
  /** The program of `bench/load/orders.ts` for applications of this server; its own name comes last. */
  loadCommand(fleet: Fleet, server: string): readonly string[]
}
