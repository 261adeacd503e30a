import { mayTouch, type Principal } from "./principal.ts"
import { type Problem, problem } from "./problem.ts"
import { FRAMED, type FramedName, isFramedName, isOpName, OPS, type OpInput, type OpName } from "./schema.ts"

/**
 * What an operation takes of whoever asks:
 * - `admin`: the operators' socket;
 * - `names`: that every name which it touches is its socket's;
 * - `shown`: nothing; what it shows of other names is left out. Where it is asked of one name, that is its socket's;
 * - `session`: the secret of the session that it is about, or the connection that opened it;
 * - `none`: nothing, as it is about hosts and the group, of which every application may know.
 */
export type Need = "admin" | "names" | "shown" | "session" | "none"

interface Row<Input> {
  readonly need: Need
  readonly names: (input: Input) => readonly string[]
}

type AdminName = { [Name in OpName]: (typeof OPS)[Name]["admin"] extends true ? Name : never }[OpName]
type Rows = { readonly [Name in Exclude<OpName, AdminName>]: Row<OpInput<Name>> }

/** An operator's socket is for every name; what it was asked of is told to those who may not ask. */
const ADMIN: Row<{ readonly name?: unknown }> = {
  need: "admin",
  names: ({ name }) => (typeof name === "string" ? [name] : []),
}
const NONE: Row<unknown> = { need: "none", names: () => [] }
const SHOWN: Row<unknown> = { need: "shown", names: () => [] }
const NAME: Row<{ readonly name: string }> = { need: "names", names: ({ name }) => [name] }
const KEY: Row<{ readonly key: string }> = { need: "names", names: ({ key }) => [key] }
/** A guard tells whether a token holds, and so is asked of a name as well. */
const GUARDED_KEY: Row<OpInput<"kv.delete">> = {
  need: "names",
  names: ({ key, guard }) => (guard === undefined ? [key] : [key, guard.name]),
}

/** The access table: one row for each operation; those of the operators stand in the schema. */
const ROWS: Rows = {
  status: NONE,
  "members.list": NONE,
  "members.get": NONE,
  ping: NONE,
  "raft.status": NONE,
  events: SHOWN,
  watch: { need: "shown", names: ({ kind, name }) => (kind === "members" || name === undefined ? [] : [name]) },
  hold: { need: "names", names: ({ name, names = [] }) => [name, ...names] },
  "hold.release": NAME,
  "hold.list": SHOWN,
  "hold.get": NAME,
  "hold.update": NAME,
  "hold.transfer": NAME,
  "semaphore.resize": NAME,
  barrier: NAME,
  "sessions.list": SHOWN,
  "sessions.get": SHOWN,
  "kv.get": KEY,
  "kv.list": SHOWN,
  "kv.put": GUARDED_KEY,
  "kv.delete": GUARDED_KEY,
  "work.configure": NAME,
  "work.items": NAME,
  "work.put": NAME,
  "work.remove": NAME,
  "work.retry": NAME,
  "work.settle": NAME,
  "work.checkpoint": NAME,
  "work.explain": NAME,
}

const FRAMED_ROWS: Readonly<Record<FramedName, Need>> = {
  "session.open": "session",
  "session.attach": "session",
  "session.bind": "session",
  "session.unbind": "session",
  "session.close": "session",
  heartbeat: "session",
}

/** Undefined: the table has no row, and nobody may. */
export function needOf(op: string): Need | undefined {
  if (isFramedName(op)) return FRAMED_ROWS[op]
  return isOpName(op) ? rowOf(op)?.need : undefined
}

/** What is touched by a call whose input is as its schema says. */
export function namesIn(op: OpName, input: object): readonly string[] {
  return rowOf(op)?.names(input as never) ?? []
}

/** The one place where it is decided whether a call may be made; what the table does not know may not. */
export function authorize(principal: Principal, op: string, names: readonly string[]): Problem | undefined {
  const need = needOf(op)
  if (need === undefined || (need === "admin" && principal.door !== "admin")) {
    return denied(`${op} is not allowed on this socket`, "use the admin socket", { op, name: names[0] ?? null })
  }
  const foreign = names.find((name) => !mayTouch(principal, name))
  if (foreign === undefined) return undefined
  const hint = `this socket is for names like ${principal.names?.join(", ")}`
  return denied(`${op} of ${foreign} is not allowed on this socket`, hint, { op, name: foreign })
}

function rowOf(op: OpName): Row<never> | undefined {
  return OPS[op].admin ? ADMIN : (ROWS as Partial<Record<OpName, Row<never>>>)[op]
}

function denied(message: string, hint: string, details: Readonly<Record<string, unknown>>): Problem {
  return problem("PERMISSION_DENIED", message, { hint, details })
}

/** Every operation that there is, with what it needs. */
export function accessTable(): readonly { readonly op: string; readonly need: Need | undefined }[] {
  return [...Object.keys(OPS), ...Object.keys(FRAMED)].map((op) => ({ op, need: needOf(op) }))
}
