import { readFileSync } from "node:fs"

export type HistoryLine = Readonly<Record<string, unknown>>

export function historyIn(file: string): readonly HistoryLine[] {
  const text = readFileSync(file, "utf8")
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as HistoryLine)
}

/** `kill start n3`; of a cut how many agents are on each side. */
export function faultsOf(lines: readonly HistoryLine[]): readonly string[] {
  return lines
    .filter(({ k }) => k === "fault")
    .map(({ f, phase, spec }) => {
      const { nodes, cut } = spec as { nodes?: readonly string[]; cut?: readonly (readonly string[])[] }
      return [f, phase, cut === undefined ? nodes?.join() : cut.map((side) => side.length).join("|")].join(" ")
    })
}

/** What of a history is not as its format asks, in words; `fromNs` to `toNs` is when it was written. */
export function flawsOf(lines: readonly HistoryLine[], fromNs: bigint, toNs: bigint): readonly string[] {
  const flaws: string[] = []
  const [head, ...rest] = lines
  if (head?.["k"] !== "header" || head["v"] !== 1 || head["clock"] !== "monotonic-ns") flaws.push("no header")
  for (const key of ["run", "seed", "commit", "nodes"]) if (head?.[key] === undefined) flaws.push(`no ${key}`)
  const nodes = new Set(head?.["nodes"] as readonly string[] | undefined)
  for (const [index, line] of rest.entries()) {
    const { k, i, t, obs, subj, state, inc } = line
    if (i !== index + 1) flaws.push(`i ${i} follows ${index}`)
    if (typeof t !== "string" || BigInt(t) < fromNs || BigInt(t) > toNs) flaws.push(`t ${t} of another time`)
    if (k !== "member") continue
    if (!(nodes.has(String(obs)) && nodes.has(String(subj)))) flaws.push(`${obs} told of ${subj}`)
    if (!(typeof state === "string" && /^[1-9]\d{9,}$/.test(String(inc)))) flaws.push(`${subj} is ${state} ${inc}`)
  }
  const { k, inv, ok, fail, info } = rest.at(-1) ?? {}
  if (k !== "end" || [inv, ok, fail, info].some((count) => count !== 0)) flaws.push("no end")
  return flaws
}
