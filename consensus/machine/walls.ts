/**
 * What the wall clock showed when replicated time had come so far. Replicated time stands still where the cluster could
 * not count (a stall, no quorum), so the two grow apart; for people alone, nothing is decided by it.
 */
export interface Wall {
  readonly timeMs: number
  /** Milliseconds since 1970. */
  readonly wallMs: number
}

/** Less than this is not worth a word: clocks are read, and entries take their time. */
export const WALL_DRIFT_MS = 200
/** Kept for what is long past. */
export const WALLS_MAX = 64

/** Undefined: nobody has said yet. Before the first one as behind it. */
export function wallMsAt(walls: readonly Wall[], timeMs: number): number | undefined {
  let low = 0
  let high = walls.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((walls[middle] as Wall).timeMs <= timeMs) low = middle + 1
    else high = middle
  }
  const wall = walls[Math.max(0, low - 1)]
  return wall === undefined ? undefined : wall.wallMs + timeMs - wall.timeMs
}

/**
 * With what the wall clock shows now, if that is another than was to be expected. Of too many the one is dropped that
 * says least.
 */
export function withWall(walls: readonly Wall[], wall: Wall): readonly Wall[] {
  const expectedMs = wallMsAt(walls, wall.timeMs)
  if (expectedMs !== undefined && Math.abs(wall.wallMs - expectedMs) < WALL_DRIFT_MS) return walls
  const kept = walls.filter(({ timeMs }) => timeMs < wall.timeMs)
  const all = [...kept, wall]
  return all.length > WALLS_MAX ? withoutLeast(all) : all
}

/** What it said is then told by the one before it. */
function withoutLeast(walls: readonly Wall[]): readonly Wall[] {
  let least = 1
  for (let at = 2; at < walls.length - 1; at++) if (stepAt(walls, at) < stepAt(walls, least)) least = at
  return walls.filter((_, at) => at !== least)
}

function stepAt(walls: readonly Wall[], at: number): number {
  const [before, wall] = [walls[at - 1] as Wall, walls[at] as Wall]
  return Math.abs(wall.wallMs - wall.timeMs - (before.wallMs - before.timeMs))
}
