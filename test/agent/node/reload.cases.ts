import { rmSync, writeFileSync } from "node:fs"
import type { NodeId } from "@conclave/base"
import type { ConfigItem } from "conclave/api/view"
import { type LoadedConfig, loadConfig } from "conclave/config/load"
import { settingIn } from "conclave/config/reload"
import { type ReloadOptions, reloader } from "conclave/node/reload"
import { openSeals, type Seals } from "conclave/node/seals"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { CONFIG_FILE, KEYLESS, machine } from "../config/surroundings.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { newKey } from "./sealed-stage.ts"
import { until } from "./until.ts"

interface Line {
  readonly event: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>> | undefined
}

interface Stage {
  /** What the configuration says from now on, beside the files. */
  readonly write: (text: string) => void
  readonly reload: () => void
  readonly lines: readonly Line[]
  readonly shown: (key: string) => unknown
  readonly seals: Seals
  readonly joinKeyFile: string
  readonly loads: () => number
}

type Changes = Partial<Seals>

/** An agent as far as a reload concerns it, with two key files, which `mode` is for. */
async function stage(t: Test, mode: string, changes: (seals: Seals) => Changes = () => ({})): Promise<Stage> {
  const directory = temporaryDirectory(t)
  const joinKeyFile = keyFileIn(directory, "join.key")
  const files = `gossipKeyFile: ${keyFileIn(directory, "gossip.key")}\njoinKeyFile: ${joinKeyFile}\n`
  let text = `${files}gossip: {seal: ${mode}}\n`
  let loads = 0
  const load = (): LoadedConfig => {
    loads++
    return loadConfig([], machine({ [CONFIG_FILE]: text }, KEYLESS))
  }
  const first = load()
  if (!first.ok) throw new Error("a configuration that cannot be loaded")
  const opened = await openSeals(first.config, newKey())
  const seals = { ...opened, ...changes(opened) }
  const lines: Line[] = []
  let items: readonly ConfigItem[] = first.items
  const daemon: ReloadOptions["daemon"] = {
    seals,
    discover: () => {},
    host: {
      config: () => items,
      setItems: (next) => {
        items = next
      },
      memberById: (id: NodeId) => (id === KNOWN ? ({ record: { name: "b" } } as never) : undefined),
      setTags: () => {},
      setRestartGrace: () => {},
      setJoin: () => {},
    },
  }
  const log = {
    write: (_level: string, event: string, message: string, fields?: Line["fields"]): void => {
      lines.push({ event, message, fields })
    },
    setLevel: (): void => {},
    flush: (): Promise<void> => Promise.resolve(),
    writeLast: (): void => {},
  }
  return {
    write: (more) => {
      text = more.startsWith("!") ? more.slice(1) : `${files}${more}`
    },
    reload: reloader({ load, first, daemon, log }),
    lines,
    shown: (key) => settingIn(key, items),
    seals,
    joinKeyFile,
    loads: () => loads,
  }
}

const KNOWN = "a".repeat(26) as NodeId

async function heard({ lines }: Stage, event: string, count = 1): Promise<Line> {
  const found = (): readonly Line[] => lines.filter((line) => line.event === event)
  await until(`${event} is said`, () => found().length >= count)
  return found()[count - 1] as Line
}

test("what the configuration is said to be is in force, also where a file was refused and the rest was not", async (t) => {
  const made = await stage(t, "accept")
  const before = [made.seals.gossip.keys?.ring(), made.seals.streams.fingerprints()]
  writeFileSync(made.joinKeyFile, "short")
  made.write("gossip: {seal: send}\nrestartGrace: 5s\n")
  made.reload()
  const reloaded = await heard(made, "config.reloaded")
  t.match(
    (await heard(made, "config.invalid")).message,
    /^keys, secrets and gossip.seal stay as they were: joinKeyFile: /,
  )
  t.match(reloaded.fields, { applied: [{ key: "restartGrace" }], needsRestart: [] })
  t.same([made.shown("gossip.seal"), made.seals.mode(), made.shown("restartGrace")], ["accept", "accept", "5s"])
  t.same([made.seals.gossip.keys?.ring(), made.seals.streams.fingerprints()], before)
  t.notOk(
    made.lines.some(({ event }) => event === "gossip.keys"),
    "nothing is told as if it had been read",
  )
  writeFileSync(made.joinKeyFile, "a secret that is long enough")
  made.reload()
  t.match((await heard(made, "config.reloaded", 2)).fields, { applied: [{ key: "gossip.seal", to: "send" }] })
  t.same([made.shown("gossip.seal"), made.seals.mode()], ["send", "send"])
  t.not(made.seals.streams.fingerprints()[0], before[1]?.[0])
})

test("whatever goes wrong with keys does not end the agent", async (t) => {
  const made = await stage(t, "require", () => ({
    reload: () => Promise.reject(new TypeError("scrypt has no memory")),
  }))
  made.write("restartGrace: 5s\n")
  made.reload()
  await heard(made, "config.reloaded")
  t.match((await heard(made, "config.invalid")).message, /stay as they were: scrypt has no memory/)
  t.equal(made.shown("restartGrace"), "5s")
})

test("one reload at a time, and of many the last wish holds", async (t) => {
  const modes: string[] = []
  let running = 0
  const made = await stage(t, "accept", (seals) => ({
    reload: async (mode) => {
      t.equal(++running, 1)
      modes.push(mode)
      await seals.reload(mode)
      running--
    },
  }))
  made.write("gossip: {seal: send}\n")
  made.reload()
  for (const next of ["accept", "send", "accept"]) {
    made.write(`gossip: {seal: ${next}}\n`)
    made.reload()
  }
  await heard(made, "config.reloaded", 2)
  t.same(modes, ["send", "accept"])
  t.same([made.seals.mode(), made.shown("gossip.seal")], ["accept", "accept"])
  t.equal(made.loads(), 3, "those that nobody saw were not read")
})

test("whoever takes the key files out again has the mode of before until a restart", async (t) => {
  const made = await stage(t, "accept")
  made.write("!insecure: true\n")
  made.reload()
  const { fields } = await heard(made, "config.reloaded")
  t.match(fields, { applied: [], needsRestart: ["gossip.seal", "gossipKeyFile", "insecure", "joinKeyFile"] })
  t.same([made.seals.mode(), made.shown("gossip.seal")], ["accept", "accept"])
})

test("the last step is not taken from the first while a member is heard in the clear", async (t) => {
  let clear: readonly NodeId[] = [KNOWN]
  const made = await stage(t, "accept", ({ gossip }) => ({ gossip: { ...gossip, unsealedSenders: () => clear } }))
  made.write("")
  made.reload()
  await heard(made, "config.reloaded")
  t.match((await heard(made, "config.invalid")).message, /: b would be heard no more/)
  t.same([made.seals.mode(), made.shown("gossip.seal")], ["accept", "accept"])
  clear = ["z".repeat(26) as NodeId]
  made.reload()
  await heard(made, "config.reloaded", 2)
  t.equal(made.seals.mode(), "require", "a stranger keeps nobody from it")
})

test("a configuration that cannot be read changes nothing", async (t) => {
  const made = await stage(t, "accept")
  rmSync(made.joinKeyFile)
  made.write("logLevel: loud\n")
  made.reload()
  t.match((await heard(made, "config.invalid")).message, /^nothing was reloaded: .*logLevel/s)
  t.equal(made.lines.length, 1)
  t.equal(made.shown("logLevel"), "info")
})
