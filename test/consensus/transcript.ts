import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { raftConfig } from "@conclave/consensus"
import { CONFIG, groupOf, id, ids } from "./stage.ts"
import { type Parcel, TranscriptStage } from "./transcript-stage.ts"
import { logWords, statusWords } from "./transcript-words.ts"

/**
 * Transcripts: a script and, below each of its commands, everything that then happens, to the letter. Lines that begin
 * with `> ` are commands, indented ones are what they led to, all others are for the reader. Whoever changes the core
 * sees in the difference what changed. The idea is that of etcd's data-driven tests.
 */

export const TRANSCRIPTS: string = fileURLToPath(new URL("../../consensus/transcripts", import.meta.url))

export function transcripts(): readonly { readonly name: string; readonly path: string; readonly text: string }[] {
  return readdirSync(TRANSCRIPTS)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .map((name) => {
      const path = join(TRANSCRIPTS, name)
      return { name: name.replace(/\.txt$/, ""), path, text: readFileSync(path, "utf8") }
    })
}

/** Nobody is told what the rest of the line leads to. */
const QUIETLY = "> quietly "

/** The same text with what the commands lead to today; throws, with the line, when a command cannot be done. */
export function transcribe(text: string): string {
  const lines: string[] = []
  const say = (line: string): void => void (isQuiet || lines.push(`  ${line}`))
  let isQuiet = false
  let stage = new TranscriptStage(CONFIG, say)
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s+\S/.test(line)) continue
    lines.push(line)
    if (!line.startsWith("> ")) continue
    try {
      isQuiet = line.startsWith(QUIETLY)
      const words = wordsOf(line.slice(isQuiet ? QUIETLY.length : 2))
      if (words.verb === "config")
        stage = new TranscriptStage(raftConfig({ ...CONFIG, ...numbers(words.options) }), say)
      else commandOf(words.verb)(stage, words, say)
    } catch (cause) {
      throw new Error(`line ${index + 1}: ${line}`, { cause })
    }
  }
  return lines.join("\n")
}

/** `verb rest key=value`. */
interface Words {
  readonly verb: string
  readonly rest: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

type Command = (stage: TranscriptStage, words: Words, say: (line: string) => void) => void

let calls = 0

const COMMANDS: Readonly<Record<string, Command>> = {
  add: (stage, { rest: [names = "", state], options }) => {
    for (const name of names) stage.add(name, state === "empty" ? undefined : diskOf(names, options))
  },
  live: (stage, { rest: [names = "", ms] }) => stage.live([...names], Number(ms)),
  wait: (stage, { rest: [ms] }) => stage.wait(Number(ms)),
  tick: (stage, { rest: [name = ""] }) => stage.tick(name),
  "tick-to": (stage, { rest: [name = "", ms] }) => stage.tickTo(name, Number(ms)),
  /** Everybody has long forgotten the last leader. */
  campaign: (stage, { rest: [name = ""] }) => {
    stage.wait(4 * stage.config.electionMs)
    stage.tick(name)
  },
  propose: (stage, { rest: [name = "", text = ""] }) => {
    const data = new TextEncoder().encode(text)
    stage.step(name, { kind: "propose", proposals: [{ call: ++calls, data, stampMs: 0, relieves: false }] })
  },
  read: (stage, { rest: [name = ""] }) => stage.step(name, { kind: "read", call: ++calls }),
  "change-group": (stage, { rest: [name = "", voters = ""], options }) => {
    const learners = ids(options["learners"] ?? "")
    stage.step(name, { kind: "changeGroup", call: ++calls, voters: ids(voters), learners })
  },
  /** By its own evidence. */
  "leader-gone": (stage, { rest: [name = "", leader = ""] }) =>
    stage.step(name, { kind: "leaderGone", leader: id(leader) }),
  transfer: (stage, { rest: [name = "", to = ""] }) => stage.step(name, { kind: "transfer", to: id(to) }),
  deliver: (stage, words) => void stage.deliver(chosen(words)),
  drop: (stage, words) => stage.drop(chosen(words)),
  stabilize: (stage, words) => stage.stabilize(chosen(words)),
  "slow-disk": (stage, { rest: [name = ""] }) => stage.slowDisk(name),
  persist: (stage, { rest: [name = "", count] }) =>
    stage.persist(name, count === undefined ? undefined : Number(count)),
  crash: (stage, { rest: [name = ""] }) => stage.crash(name),
  restart: (stage, { rest: [name = ""] }) => stage.start(name),
  compact: (stage, { rest: [name = "", index] }) => stage.compact(name, Number(index)),
  "send-snapshot": (stage, { rest: [from = "", to = ""] }) => stage.sendSnapshot(from, to),
  /** The state machine holds the state of the snapshot that its replica takes over. */
  restored: (stage, { rest: [name = ""] }) => {
    const { installing } = stage.raft(name)
    if (installing === undefined) throw new Error(`${name} takes over no snapshot`)
    stage.step(name, { kind: "restored", index: installing.index })
  },
  log: (stage, { rest: [names = stage.names.join("")] }, say) => {
    for (const name of names) {
      const { raft } = stage.place(name)
      say(raft === undefined ? `${name} does not run` : `${name}: ${logWords(raft)}`)
    }
  },
  status: (stage, { rest: [names = stage.names.join("")] }, say) => {
    for (const name of names) {
      const { raft } = stage.place(name)
      for (const line of raft === undefined ? [`${name} does not run`] : statusWords(raft)) say(line)
    }
  },
}

function commandOf(verb: string): Command {
  const command = COMMANDS[verb]
  if (command === undefined) throw new Error(`no command ${verb}`)
  return command
}

function wordsOf(line: string): Words {
  const [verb = "", ...tokens] = line.trim().split(/ +/)
  const options = tokens.filter((each) => each.includes("=")).map((each) => each.split("=", 2) as [string, string])
  return { verb, rest: tokens.filter((each) => !each.includes("=")), options: Object.fromEntries(options) }
}

function diskOf(names: string, options: Words["options"]): Parameters<TranscriptStage["add"]>[1] {
  const { voters = names, learners = "", outgoing = "", log = "1", commit = "1", term, vote } = options
  return {
    group: groupOf(voters, { learners, outgoing }),
    terms: log.split(",").map(Number),
    commit: Number(commit),
    ...(term === undefined ? {} : { term: Number(term) }),
    ...(vote === undefined ? {} : { vote }),
  }
}

function numbers(options: Words["options"]): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, Number(value)]))
}

/** `abc`: between these; `from=`, `to=`, `kind=`: one of these, kinds with commas. */
function chosen({ rest: [among], options: { from, to, kind } }: Words): (parcel: Parcel) => boolean {
  return (parcel) =>
    (among === undefined || (among.includes(parcel.from) && among.includes(parcel.to))) &&
    (from === undefined || from.includes(parcel.from)) &&
    (to === undefined || to.includes(parcel.to)) &&
    (kind === undefined || kind.split(",").includes(parcel.kind))
}
