import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import type { FoundProcess, ProcessClaim, Processes } from "../ports.ts"

/** Processes looked at in one turn of the event loop. */
const SLICE = 64

/** What the kernel says of a process (proc(5)), as this agent's pid namespace has it. */
interface Seen {
  /** The number here. */
  readonly pid: number
  readonly startTime: number
  readonly group: number
  /** From the outermost namespace to the innermost. */
  readonly pids: readonly number[]
  readonly groups: readonly number[]
  /** Of pids; undefined where it may not be read. */
  readonly namespace: string | undefined
}

/** Owners of groups that were found: who names one group after the other is looked for once. */
const OWNERS_MAX = 1024

/** Processes by what `/proc` says of them. */
export function openProcesses(): Processes {
  const owners = new Map<string, Seen>()
  return {
    find,
    findGroup: (group, near, done) =>
      ownerOf(near, owners, (owner) => {
        if (owner === undefined) done(undefined)
        else findGroup(group, owner, done)
      }),
  }
}

/** That it was the only one stays true: nobody else can get its start time any more. */
function ownerOf(claim: ProcessClaim, owners: Map<string, Seen>, done: (owner: Seen | undefined) => void): void {
  const key = `${claim.pid} ${claim.startTime}`
  const known = owners.get(key)
  if (known !== undefined && !isGone(known)) return done(known)
  owners.delete(key)
  theOne(claim, (seen) => {
    if (owners.size >= OWNERS_MAX) owners.clear()
    if (seen !== undefined) owners.set(key, seen)
    done(seen)
  })
}

function find(claim: ProcessClaim, done: (found: FoundProcess | undefined) => void): void {
  theOne(claim, (seen) => done(seen === undefined ? undefined : { isGone: (told) => told(isGone(seen)) }))
}

/** A group has the number of its first leader, who may be gone: any member tells what the group is called here. */
function findGroup(group: number, owner: Seen, done: (found: FoundProcess | undefined) => void): void {
  if (isLedHere(group, owner)) return done({ isGone: (told) => isGroupGone(group, told) })
  const here = new Set<number>()
  const look = (pid: number): void => {
    const seen = readSeen(pid)
    if (seen?.groups.at(-1) === group && isBeside(seen, owner)) here.add(seen.group)
  }
  eachProcess(look, (isWhole) => {
    const [found] = here
    if (found === undefined || here.size > 1 || !isWhole) done(undefined)
    else done({ isGone: (told) => isGroupGone(found, told) })
  })
}

/** Its leader lives, in this agent's own namespace: there numbers say who is who, and nobody else need be looked at. */
function isLedHere(group: number, owner: Seen): boolean {
  if (owner.pids.length > 1) return false
  let isLed = false
  unlessHindered(() => {
    const leader = readSeen(group)
    isLed = leader?.group === group && isBeside(leader, owner)
  })
  return isLed
}

function theOne({ pid: claimed, startTime }: ProcessClaim, done: (seen: Seen | undefined) => void): void {
  const found: Seen[] = []
  const look = (pid: number): void => {
    const seen = readSeen(pid)
    if (seen !== undefined && seen.startTime === startTime && seen.pids.at(-1) === claimed) found.push(seen)
  }
  eachProcess(look, (isWhole) => done(found.length === 1 && isWhole ? found[0] : undefined))
}

/**
 * Looks at every process, in slices, so that a host with thousands of them does not stop the agent. `isWhole` false:
 * some of them could not be looked at, as this process may open no more files, so that nothing is proven.
 */
function eachProcess(look: (pid: number) => void, done: (isWhole: boolean) => void): void {
  let pids: readonly number[] = []
  let isWhole = unlessHindered(() => {
    pids = numbersIn("/proc")
  })
  const go = (from: number): void => {
    for (const pid of pids.slice(from, from + SLICE)) if (!unlessHindered(() => look(pid))) isWhole = false
    if (from + SLICE < pids.length) setImmediate(go, from + SLICE)
    else done(isWhole)
  }
  go(0)
}

function unlessHindered(look: () => void): boolean {
  try {
    look()
    return true
  } catch {
    return false
  }
}

/** Whether both count their pids in the same namespace. One number alone: it is this agent's own. */
function isBeside(one: Seen, other: Seen): boolean {
  if (one.pids.length !== other.pids.length) return false
  return one.pids.length === 1 || (one.namespace !== undefined && one.namespace === other.namespace)
}

/** Another process may have got its number: the start time tells. */
function isGone({ pid, startTime }: Seen): boolean {
  let isGone = false
  unlessHindered(() => {
    const stat = readStat(`/proc/${pid}`)
    if (stat === undefined) isGone = !isThere(pid)
    else isGone = stat.startTime !== startTime || (isDead(stat.state) && !hasLiveThread(pid))
  })
  return isGone
}

/**
 * A member that was born while the others were looked at is seen in the next look: nothing is gone but after an empty
 * one.
 */
function isGroupGone(group: number, told: (isGone: boolean) => void): void {
  let isAlive = false
  const look = (pid: number): void => {
    const stat = readStat(`/proc/${pid}`)
    if (stat?.group === group && (!isDead(stat.state) || hasLiveThread(pid))) isAlive = true
  }
  const again = (left: number): void => {
    eachProcess(look, (isWhole) => {
      if (isAlive || !isWhole) told(false)
      else if (left === 0) told(true)
      else again(left - 1)
    })
  }
  again(1)
}

/** The leader of a thread group may be a zombie while other threads go on (pthread_exit in main). */
function hasLiveThread(pid: number): boolean {
  return numbersIn(`/proc/${pid}/task`).some((thread) => {
    const stat = readStat(`/proc/${pid}/task/${thread}`)
    return stat !== undefined && !isDead(stat.state)
  })
}

function isDead(state: string): boolean {
  return state === "Z" || state === "X" || state === "x"
}

/** What cannot be read is not gone for that: only a missing directory is. */
function isThere(pid: number): boolean {
  try {
    readdirSync(`/proc/${pid}`)
    return true
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    return code !== "ENOENT" && code !== "ESRCH"
  }
}

function readSeen(pid: number): Seen | undefined {
  const stat = readStat(`/proc/${pid}`)
  const status = stat === undefined ? undefined : readText(`/proc/${pid}/status`)
  if (stat === undefined || status === undefined) return undefined
  const { startTime, group } = stat
  const [pids, groups] = [lineOf(status, "NSpid"), lineOf(status, "NSpgid")]
  return { pid, startTime, group, pids, groups, namespace: namespaceOf(pid) }
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return undefined
  }
}

interface Stat {
  readonly state: string
  readonly group: number
  readonly startTime: number
}

/** The command may contain anything; the fields are counted after its closing bracket (proc(5)). */
function readStat(directory: string): Stat | undefined {
  const text = readText(`${directory}/stat`)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  const [state = "", , group] = fields
  const startTime = Number(fields[19])
  if (!Number.isSafeInteger(startTime)) return undefined
  return { state, group: Number(group), startTime }
}

function lineOf(status: string, name: string): readonly number[] {
  const line = new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? ""
  return line
    .split(/\s+/)
    .filter((text) => text !== "")
    .map(Number)
}

function numbersIn(directory: string): readonly number[] {
  return read(() => readdirSync(directory).map(Number).filter(Number.isSafeInteger)) ?? []
}

function readText(path: string): string | undefined {
  return read(() => readFileSync(path, "latin1"))
}

/**
 * Undefined: it is not there, or somebody else's. Throws where this process cannot read anything (EMFILE and the like).
 */
function read<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (cause) {
    if (ABSENT.has((cause as NodeJS.ErrnoException).code ?? "")) return undefined
    throw cause
  }
}

const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ESRCH", "EACCES", "EPERM"])
