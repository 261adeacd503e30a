import type { machine } from "#wire/machine"
import type { Guard, KvWrite, Resize } from "./command.ts"
import type { Token } from "./types.ts"
import { HOLD_KINDS, readOwn, wireRequest, wordOf } from "./wire-words.ts"

/** Writes that anybody may send, in a session or without one. */
export function wireWrite(command: KvWrite | Resize): machine.Command.$Properties {
  const request = command.request === undefined ? null : wireRequest(command.request)
  if (command.kind === "resize") return { resize: { request, name: command.name, limit: command.limit } }
  const { key, ifRev = null } = command
  const guard = command.guard === undefined ? null : wireGuard(command.guard)
  switch (command.kind) {
    case "kvPut":
      return { kvPut: { request, key, value: command.value, ifRev, guard } }
    case "kvDelete":
      return { kvDelete: { request, key, ifRev, guard } }
  }
}

/** Undefined: it is none of them. */
export function readWrite(wire: machine.Command & machine.Command.$Shape): KvWrite | Resize | undefined {
  switch (wire.kind) {
    case "resize": {
      const { request, name, limit } = wire.resize
      return { kind: "resize", request: readOwn(request), name: name ?? "", limit: limit ?? 0 }
    }
    case "kvPut": {
      const { request, key, value, ifRev, guard } = wire.kvPut
      const on = { ifRev: ifRev ?? undefined, guard: readGuard(guard) }
      return { kind: "kvPut", request: readOwn(request), key: key ?? "", value: value ?? "", ...on }
    }
    case "kvDelete": {
      const { request, key, ifRev, guard } = wire.kvDelete
      const on = { ifRev: ifRev ?? undefined, guard: readGuard(guard) }
      return { kind: "kvDelete", request: readOwn(request), key: key ?? "", ...on }
    }
    default:
      return undefined
  }
}

function wireGuard({ kind, name, token }: Guard): machine.Guard.$Properties {
  return { kind: HOLD_KINDS.indexOf(kind) + 1, name, token }
}

function readGuard(wire: machine.Guard.$Properties | null | undefined): Guard | undefined {
  if (!wire) return undefined
  return { kind: wordOf(HOLD_KINDS, wire.kind), name: wire.name ?? "", token: (wire.token ?? 0) as Token }
}
