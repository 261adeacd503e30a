import { readFileSync } from "node:fs"

export type HistoryLine = Readonly<Record<string, unknown>>

const KINDS = new Set<unknown>(["lock", "work"])

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
      const { nodes, cut, procs } = spec as Record<"nodes" | "procs", readonly string[] | undefined> & {
        readonly cut?: readonly (readonly string[])[]
      }
      const whom = procs?.map((each) => each.split(".")[0]).join() ?? nodes?.join()
      return [f, phase, cut === undefined ? whom : cut.map((side) => side.length).join("|")].join(" ")
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
  const end = rest.at(-1) ?? {}
  if (end["k"] !== "end") flaws.push("no end")
  for (const kind of ["inv", "ok", "fail", "info"]) {
    const count = rest.filter(({ k }) => k === kind).length
    if (end[kind] !== count) flaws.push(`${count} lines ${kind}, and the end says ${end[kind]}`)
  }
  return [...flaws, ...flawsOfOperations(rest), ...flawsOfRequests(rest)]
}

/**
 * Each acquire says which request of which session it is, and its release names the same one; what succeeded says at
 * which revision, and no application is told an earlier one than it knew.
 */
function flawsOfRequests(lines: readonly HistoryLine[]): readonly string[] {
  const flaws: string[] = []
  const asked = new Set<string>()
  const known = new Map<string, bigint>()
  // A worker does many things at once, and hears of them in any order.
  const ofWork = new Set(lines.filter(({ key }) => /^work\//.test(String(key))).map(({ op }) => op))
  for (const line of lines) {
    const { k, f, p, op, a, rev, type, r } = line
    if (k === "inv") {
      const { s, seq, kind, token, item } = (a ?? {}) as Readonly<Record<string, unknown>>
      const isAbout = f === "work.settle" || f === "work.checkpoint" ? item !== undefined : KINDS.has(kind)
      if (!(/^[a-z2-7]{26}$/.test(String(s)) && Number.isInteger(seq) && Number(seq) > 0 && isAbout))
        flaws.push(`op ${op} of request ${s} ${seq} for a ${kind}`)
      const request = `${s} ${seq}`
      if (f === "acquire" && asked.has(request)) flaws.push(`op ${op} is request ${request} a second time`)
      if (f === "release" && !(asked.has(request) && /^\d+$/.test(String(token))))
        flaws.push(`op ${op} gives ${request}`)
      asked.add(request)
    }
    const isTold = k === "ok" || (k === "hold" && type !== "lost")
    if (!isTold || ofWork.has(op)) continue
    if (!/^[1-9]\d*$/.test(String(rev))) flaws.push(`${k} of op ${op} (${JSON.stringify(r)}) at revision ${rev}`)
    const app = String(p).split(".").slice(0, 2).join(".")
    if (BigInt(String(rev ?? 0)) < (known.get(app) ?? 0n))
      flaws.push(`${app} is told of revision ${rev}, and knew a later one`)
    else known.set(app, BigInt(String(rev ?? 0)))
  }
  return flaws
}

/**
 * Each operation begins once, ends at most once, and one is under way for each `p`; a hold is told as the client had
 * it.
 */
function flawsOfOperations(lines: readonly HistoryLine[]): readonly string[] {
  const flaws: string[] = []
  const begun = new Map<unknown, HistoryLine>()
  const ended = new Set<unknown>()
  const granted = new Map<unknown, unknown>()
  for (const line of lines) {
    const { k, p, op, key, f, type, token, t } = line
    if (k === "inv") {
      if (begun.has(op)) flaws.push(`op ${op} begins twice`)
      if ([...begun].some(([other, { p: by }]) => by === p && !ended.has(other))) flaws.push(`${p} does two things`)
      if (!/^(lock|work)\/./.test(String(key)) || typeof f !== "string") flaws.push(`op ${op} on ${key}`)
      begun.set(op, line)
    }
    if (k === "ok" || k === "fail" || k === "info") {
      const start = begun.get(op)
      if (start === undefined || ended.has(op)) flaws.push(`op ${op} ends without a beginning`)
      else if (BigInt(String(t)) < BigInt(String(start["t"]))) flaws.push(`op ${op} ends before it begins`)
      ended.add(op)
    }
    if (k !== "hold") continue
    // An item has a token of its own each time it is assigned: `item-owners.ts` looks at those.
    if (line["item"] !== undefined) continue
    if (type === "granted") granted.set(op, token)
    else if (granted.get(op) !== token) flaws.push(`${type} of ${token}, which op ${op} never had`)
  }
  const tokens = [...granted.values()]
  if (new Set(tokens).size !== tokens.length) flaws.push("a token was granted twice")
  return flaws
}
