import type { Hold, Holder } from "@conclave/sdk/wire.gen"
import { ageOf } from "./terminal/ages.ts"
import type { Cell } from "./terminal/columns.ts"
import type { Output } from "./terminal/output.ts"

export type HoldKind = Hold["kind"]

/** A row for each holder; a name that only has waiters has one, too. */
export function showHolds(kind: HoldKind, items: readonly Hold[], output: Output): void {
  const nowMs = Date.now()
  if (kind === "lock") {
    const header = ["NAME", "MODE", "HOLDER", "APP", "PID", "TOKEN", "SINCE", "WAITING", "NOTE"]
    const row = ({ name, mode, waiters }: Hold, holder: Holder | undefined): Cell[] => [
      ...[name, mode ?? "", holder?.member ?? "", holder?.app ?? "", numberText(holder?.pid)],
      ...[tokenText(holder), sinceText(holder, nowMs), String(waiters.length), holder?.note ?? ""],
    ]
    output.table(header, items.flatMap(rowsBy(row)))
    return
  }
  const header = ["NAME", "LEADER", "APP", "PID", "TOKEN", "SINCE", "STANDING", "VALUE", "NOTE"]
  const row = ({ name, waiters }: Hold, holder: Holder | undefined): Cell[] => [
    ...[name, holder?.member ?? "", holder?.app ?? "", numberText(holder?.pid), tokenText(holder)],
    ...[sinceText(holder, nowMs), String(waiters.length), valueText(holder), holder?.note ?? ""],
  ]
  output.table(header, items.flatMap(rowsBy(row)))
}

/** One name: who has it, who waits, who had it. */
export function describeHold(hold: Hold, output: Output): void {
  const { kind, name, mode, rev, holders, waiters, history } = hold
  const state = holders.length > 0 ? `${mode ?? "led"}` : waiters.length > 0 ? "waited for" : "free"
  output.line(`${output.paint(name, "bold")}  ${kind}, ${state}, revision ${rev}`)
  const nowMs = Date.now()
  if (holders.length > 0) {
    output.line("")
    output.table(
      [
        "HELD BY",
        "APP",
        "PID",
        "TOKEN",
        "SINCE",
        "LIVENESS",
        "SESSION",
        ...(kind === "election" ? ["VALUE"] : []),
        "NOTE",
      ],
      holders.map((each) => [
        ...[each.member, each.app ?? "", numberText(each.pid), tokenText(each), sinceText(each, nowMs)],
        ...[each.liveness, each.session, ...(kind === "election" ? [valueText(each)] : []), each.note ?? ""],
      ]),
    )
  }
  if (waiters.length > 0) {
    output.line("")
    output.table(
      ["POSITION", "WAITS", "APP", "PID", "SINCE", "SESSION", "NOTE"],
      waiters.map((each) => [
        ...[String(each.position), each.member, each.app ?? "", numberText(each.pid)],
        ...[ageOf(each.since, nowMs), each.session, each.note ?? ""],
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

function rowsBy(row: (hold: Hold, holder: Holder | undefined) => Cell[]): (hold: Hold) => readonly Cell[][] {
  return (hold) => (hold.holders.length === 0 ? [row(hold, undefined)] : hold.holders.map((each) => row(hold, each)))
}

export function valueText(holder: Pick<Holder, "value"> | undefined): string {
  return holder?.value === undefined || holder.value === null ? "" : JSON.stringify(holder.value)
}

function tokenText(holder: Holder | undefined): string {
  return holder === undefined ? "" : String(holder.token)
}

function sinceText(holder: Holder | undefined, nowMs: number): string {
  return holder === undefined ? "" : ageOf(holder.since, nowMs)
}

function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value)
}
