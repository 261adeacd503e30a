import { appendFileSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isQuantiles, significant } from "./quantiles.ts"
import type { BenchRecord } from "./record.ts"
import type { Summary } from "./summary.ts"

/** Where records go: stdout as JSON lines or short human lines, and the folder of `--out`. */
export interface Output {
  record(record: BenchRecord, keys: readonly string[]): void
  summary(summary: Summary): void
}

export function openOutput(options: { readonly json: boolean; readonly out: string | undefined }): Output {
  const file = options.out === undefined ? undefined : join(options.out, "records.jsonl")
  if (options.out !== undefined) mkdirSync(options.out, { recursive: true })
  if (file !== undefined) writeFileSync(file, "")
  const write = (line: object, human: string): void => {
    const json = `${JSON.stringify(line)}\n`
    if (file !== undefined) appendFileSync(file, json)
    process.stdout.write(options.json ? json : human)
  }
  return {
    record: (record, keys) => write(record, humanRecord(record, keys)),
    summary: (summary) => write(summary, humanSummary(summary)),
  }
}

/** `detection conclave 3 n=32 fault=kill allDeadMs=612 …`: what differs between runs, on one line. */
export function humanRecord(record: BenchRecord, keys: readonly string[]): string {
  const shown = keys.filter((key) => record[key] !== undefined)
  const fields = shown.map((key) => `${key}=${humanFigure(record[key])}`)
  const { bench, system, run, n } = record
  return `${bench} ${system} run ${run} n=${n} ${fields.join(" ")}\n`
}

export function humanSummary(summary: Summary): string {
  const lines = [`\n${summary.bench}: p50 (min … p99, max) over the runs`]
  for (const [system, metrics] of Object.entries(summary.systems)) {
    for (const [metric, q] of Object.entries(metrics)) {
      const spread = [q.min, q.p99, q.max].map((value) => significant(value))
      const figures = `${significant(q.p50)} (${spread[0]} … ${spread[1]}, ${spread[2]})`
      lines.push(`  ${system.padEnd(9)} ${metric.padEnd(22)} ${figures}  ×${q.count}`)
    }
  }
  for (const [peer, ratios] of Object.entries(summary.ratio)) {
    const shown = Object.entries(ratios).map(([metric, ratio]) => `${metric} ${ratio}`)
    lines.push(`  against ${peer}, above 1 = we are better: ${shown.join(", ")}`)
  }
  return `${lines.join("\n")}\n`
}

function humanFigure(value: unknown): string {
  if (typeof value === "number") return String(significant(value))
  if (isQuantiles(value)) return `${significant(value.p50)}/${significant(value.p99)}`
  return value === null ? "never" : String(value)
}
