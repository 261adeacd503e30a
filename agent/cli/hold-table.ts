import type { Hold, Holder } from "@conclave/sdk/wire.gen"
import { formatDuration } from "../config/duration.ts"
import { ageOf } from "./terminal/ages.ts"
import type { Cell } from "./terminal/columns.ts"
import type { Output } from "./terminal/output.ts"

export type HoldKind = Hold["kind"]

interface Column {
  readonly title: string
  readonly cell: (hold: Hold, holder: Holder | undefined, nowMs: number) => Cell
}

const WHO: readonly Column[] = [
  { title: "APP", cell: (_hold, holder) => holder?.app ?? "" },
  { title: "PID", cell: (_hold, holder) => numberText(holder?.pid) },
  { title: "TOKEN", cell: (_hold, holder) => tokenText(holder) },
  { title: "SINCE", cell: (_hold, holder, nowMs) => (holder === undefined ? "" : ageOf(holder.since, nowMs)) },
]
const NAME: Column = { title: "NAME", cell: ({ name }) => name }
const NOTE: Column = { title: "NOTE", cell: (_hold, holder) => holder?.note ?? "" }
const VALUE: Column = { title: "VALUE", cell: (_hold, holder) => valueText(holder) }
const ID: Column = { title: "ID", cell: (_hold, holder) => holder?.id ?? "" }
const WEIGHT: Column = { title: "WEIGHT", cell: (_hold, holder) => numberText(holder?.weight) }
const USED: Column = { title: "USED", cell: (_hold, holder) => loadText(holder) }
const ZONE: Column = { title: "ZONE", cell: (_hold, holder) => holder?.zone ?? "" }
const READY: Column = {
  title: "READY",
  cell: (_hold, holder) => (holder?.ready === undefined ? "" : holder.ready ? "yes" : "no"),
}

function memberColumn(title: string): Column {
  return { title, cell: (_hold, holder) => holder?.member ?? "" }
}

function waitingColumn(title: string): Column {
  return { title, cell: ({ waiters }) => String(waiters.length) }
}

/** What a list of names of a kind shows. */
const COLUMNS: Readonly<Record<HoldKind, readonly Column[]>> = {
  lock: [
    ...[NAME, { title: "MODE", cell: ({ mode }: Hold) => mode ?? "" }, memberColumn("HOLDER")],
    ...[...WHO, waitingColumn("WAITING"), NOTE],
  ],
  election: [NAME, memberColumn("LEADER"), ...WHO, waitingColumn("STANDING"), VALUE, NOTE],
  semaphore: [
    ...[NAME, { title: "USED", cell: ({ used, limit }: Hold) => `${used ?? 0}/${limit ?? "-"}` }],
    ...[memberColumn("HOLDER"), WEIGHT, ...WHO, waitingColumn("WAITING"), NOTE],
  ],
  group: [NAME, ID, memberColumn("MEMBER"), ...WHO, READY, VALUE, NOTE],
  work: [NAME, ID, memberColumn("MEMBER"), USED, ZONE, ...WHO, NOTE],
}

/** What a holder of one name has of its kind. */
const OWN: Readonly<Record<HoldKind, readonly Column[]>> = {
  lock: [],
  election: [VALUE],
  semaphore: [WEIGHT],
  group: [ID, READY, VALUE],
  work: [ID, USED, ZONE],
}

/** A row for each holder; a name that only has waiters has one, too. */
export function showHolds(kind: HoldKind, items: readonly Hold[], output: Output): void {
  const nowMs = Date.now()
  const columns = COLUMNS[kind]
  const row = (hold: Hold, holder: Holder | undefined): Cell[] => columns.map(({ cell }) => cell(hold, holder, nowMs))
  output.table(
    columns.map(({ title }) => title),
    items.flatMap(rowsBy(row)),
  )
}

/** One name: who has it, who waits, who had it. */
export function describeHold(hold: Hold, output: Output): void {
  const { kind, name, rev, holders, waiters, history } = hold
  output.line(`${output.paint(name, "bold")}  ${kind}, ${stateText(hold)}, revision ${rev}`)
  for (const line of [...poolLines(hold), ...contentionLines(hold)]) output.line(line)
  const nowMs = Date.now()
  const columns = [
    ...[memberColumn("HELD BY"), ...WHO],
    { title: "LIVENESS", cell: (_hold: Hold, holder: Holder | undefined): Cell => holder?.liveness ?? "" },
    { title: "SESSION", cell: (_hold: Hold, holder: Holder | undefined): Cell => holder?.session ?? "" },
    ...[...OWN[kind], NOTE],
  ]
  if (holders.length > 0) {
    output.line("")
    output.table(
      columns.map(({ title }) => title),
      holders.map((each) => columns.map(({ cell }) => cell(hold, each, nowMs))),
    )
  }
  if (waiters.length > 0) {
    const isWeighed = kind === "semaphore"
    output.line("")
    output.table(
      ["POSITION", "WAITS", "APP", "PID", "SINCE", "SESSION", ...(isWeighed ? ["WEIGHT"] : []), "NOTE"],
      waiters.map((each) => [
        ...[String(each.position), each.member, each.app ?? "", numberText(each.pid)],
        ...[ageOf(each.since, nowMs), each.session, ...(isWeighed ? [numberText(each.weight)] : []), each.note ?? ""],
      ]),
    )
  }
  if (history.length === 0) return
  output.line("")
  output.table(
    ["HELD BEFORE", "APP", "TOKEN", "SINCE", "UNTIL", "ENDED"],
    history.map(({ member, app, token, since, until, reason, revoked }) => [
      ...[member, app ?? "", String(token), since, until],
      revoked === undefined ? reason : `${reason} by ${revoked.by}: ${revoked.reason}`,
    ]),
  )
}

function stateText({ kind, mode, limit, used, holders, waiters }: Hold): string {
  if (kind === "semaphore" && typeof limit === "number") return `${used ?? 0} of ${limit} held`
  if (kind === "group" || kind === "work") return holders.length === 0 ? "nobody joined" : `${holders.length} joined`
  if (holders.length === 0) return waiters.length > 0 ? "waited for" : "free"
  return mode ?? "led"
}

/** How a pool works, and how its items are. */
function poolLines({ config, counts, brake }: Hold): readonly string[] {
  if (config === undefined || counts === undefined) return []
  const { partitions, handoffTimeoutMs, restartGraceMs, spread, maxAttempts, rev } = config
  const kind = partitions === 0 ? "tasks" : `${partitions} partitions`
  const times = `handoff timeout ${formatDuration(handoffTimeoutMs)}, restart grace ${formatDuration(restartGraceMs)}`
  const made = rev === 0n ? "the defaults" : `settings of revision ${rev}`
  const { free, assigned, revoking, failed } = counts
  return [
    `${kind}, ${times}, spread by ${spread}, at most ${maxAttempts} attempts (${made})`,
    `items: ${assigned} assigned, ${revoking} asked back, ${free} free, ${failed} failed`,
    ...(brake?.active === true ? [`brake: ${brake.missing} workers were lost at once, and nothing is moved`] : []),
  ]
}

/** How it was contended for so far; nothing of a name whose first grant is not over yet. */
function contentionLines({ contention }: Hold): readonly string[] {
  const { grants, lost, asked, heldMs, waitedMs, letGoMs, waiters } = contention
  if (grants === 0) return []
  const ms = ({ sum, max }: Hold["contention"]["heldMs"], of: number): string =>
    `${formatDuration(rounded(sum / of))} (at most ${formatDuration(rounded(max))})`
  const queue = `${(waiters.sum / grants).toFixed(1)} waiting at the end (at most ${waiters.max})`
  return [
    `${grants} ${grants === 1 ? "grant is" : "grants are"} over, ${lost} lost: held ${ms(heldMs, grants)}, waited for ${ms(waitedMs, grants)}, ${queue}`,
    ...(asked === 0
      ? []
      : [`asked back ${asked === 1 ? "once" : `${asked} times`}: let go after ${ms(letGoMs, asked)}`]),
  ]
}

/** To what is worth reading. */
function rounded(ms: number): number {
  return ms < 10_000 ? Math.round(ms) : Math.round(ms / 1000) * 1000
}

function rowsBy(row: (hold: Hold, holder: Holder | undefined) => Cell[]): (hold: Hold) => readonly Cell[][] {
  return (hold) => (hold.holders.length === 0 ? [row(hold, undefined)] : hold.holders.map((each) => row(hold, each)))
}

export function valueText(holder: Pick<Holder, "value"> | undefined): string {
  return holder?.value === undefined || holder.value === null ? "" : JSON.stringify(holder.value)
}

/** What a worker's items weigh, of what they may. */
function loadText(holder: Holder | undefined): string {
  if (holder === undefined) return ""
  const { used = 0, capacity } = holder
  return typeof capacity === "number" ? `${used}/${capacity}` : String(used)
}

function tokenText(holder: Holder | undefined): string {
  return holder === undefined ? "" : String(holder.token)
}

function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value)
}
