import { refused } from "./answers.ts"
import type { Command } from "./command.ts"
import { CLUSTER_ID_CHARACTERS_MAX, REMOVED_HOSTS_MAX } from "./limits.ts"
import { detachAll } from "./sessions.ts"
import type { State, Work } from "./state.ts"
import { REVISIONS_LOST_MAX, tokenFloor, WALL_MS_MAX } from "./tokens.ts"
import type { CommandResult } from "./types.ts"
import { withWall } from "./walls.ts"

type Of<K extends Command["kind"]> = Extract<Command, { kind: K }>

/** The first command of a cluster; before it everything else is refused, so that no token is below the floor. */
export function found(state: State, { clusterId, wallMs }: Of<"found">): CommandResult {
  const { meta } = state
  if (meta.clusterId === clusterId && clusterId !== "") return { kind: "done", rev: state.rev }
  if (meta.clusterId !== "") return refused(state, { kind: "conflict", reason: "other-cluster" })
  if (clusterId === "" || clusterId.length > CLUSTER_ID_CHARACTERS_MAX) {
    return refused(state, { kind: "invalid", field: "clusterId" })
  }
  if (wallMs > WALL_MS_MAX) return refused(state, { kind: "invalid", field: "wallMs" })
  const walls = withWall(meta.walls, { timeMs: meta.timeMs, wallMs })
  state.meta = { ...meta, clusterId, wallMs, token: tokenFloor(meta.token, wallMs), walls }
  return { kind: "done", rev: state.rev }
}

/** Time passes, and the wall clock shows what it shows: a number that no clock shows says nothing. */
export function tick(state: State, { wallMs }: Of<"tick">): CommandResult {
  const { walls, timeMs } = state.meta
  if (wallMs !== undefined && wallMs <= WALL_MS_MAX) state.meta.walls = withWall(walls, { timeMs, wallMs })
  return { kind: "done", rev: state.rev }
}

/**
 * Remembered in place of the host, which may come with whatever generation it likes. Of too many the one that was
 * removed first is forgotten.
 */
export function removeHost(state: State, { host }: Of<"removeHost">): CommandResult {
  const { removed } = state.meta
  if (!removed.includes(host)) state.meta.removed = [...removed, host].slice(-REMOVED_HOSTS_MAX)
  return { kind: "done", rev: state.rev }
}

/**
 * The state goes on from a backup, or from what a lost quorum left. Others may have seen higher tokens than it knows
 * of; a clock older than the state could not keep them apart, and is refused.
 */
export function* recover(state: State, { wallMs, snapshotWallMs }: Of<"recover">): Work<CommandResult> {
  const { meta } = state
  if (wallMs > WALL_MS_MAX) return refused(state, { kind: "invalid", field: "wallMs" })
  if (wallMs < Math.max(meta.wallMs, snapshotWallMs)) return refused(state, { kind: "conflict", reason: "clock" })
  const walls = withWall(meta.walls, { timeMs: meta.timeMs, wallMs })
  // A revision that was shown and is lost must not come again with other contents: `ifRev` would take one for the
  // other.
  const rev = meta.rev + REVISIONS_LOST_MAX
  state.meta = { ...meta, rev, wallMs, epoch: meta.epoch + 1, token: tokenFloor(meta.token, wallMs), walls }
  yield* detachAll(state)
  return { kind: "done", rev: state.rev }
}
