import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openSeals, type Seals, tellSeals } from "conclave/node/seals"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { newKey } from "./sealed-stage.ts"

interface Files {
  readonly gossipKeyFile: string
  readonly joinKeyFile: string
}

function files(t: Test): Files {
  const directory = temporaryDirectory(t)
  return { gossipKeyFile: keyFileIn(directory, "gossip.key"), joinKeyFile: keyFileIn(directory, "join.key") }
}

function open(paths: Partial<Files>): Promise<Seals> {
  const { gossipKeyFile, joinKeyFile } = paths
  const insecure = gossipKeyFile === undefined
  return openSeals({ cluster: "test", insecure, gossipKeyFile, joinKeyFile, gossipSeal: "accept" }, newKey())
}

function shown({ gossip, streams, mode, encryption }: Seals): unknown {
  return [gossip.keys?.ring(), streams.fingerprints(), mode(), encryption()]
}

test("of two files that are read again both are taken, or none, and the mode with them", async (t) => {
  const paths = files(t)
  const seals = await open(paths)
  const before = shown(seals)
  const other = files(t)
  const fresh = shown(await open(other))
  t.not(JSON.stringify(fresh), JSON.stringify(before))
  const good = { gossipKeyFile: readFileSync(other.gossipKeyFile), joinKeyFile: readFileSync(other.joinKeyFile) }
  for (const bad of ["gossipKeyFile", "joinKeyFile"] as const) {
    for (const [key, text] of Object.entries(good))
      writeFileSync(paths[key as keyof Files], key === bad ? "short" : text)
    await t.rejects(seals.reload("send"), { name: "SecretFileError", message: new RegExp(`^${bad}: `) })
    t.same(shown(seals), before, `with a wrong ${bad}`)
  }
  for (const [key, text] of Object.entries(good)) writeFileSync(paths[key as keyof Files], text)
  await seals.reload("accept")
  t.same(shown(seals), fresh)
})

test("a file that cannot be used is named by its key", async (t) => {
  const paths = files(t)
  for (const key of ["gossipKeyFile", "joinKeyFile"] as const) {
    const wrong = open({ ...paths, [key]: join(temporaryDirectory(t), "none") })
    await t.rejects(wrong, { name: "SecretFileError", message: new RegExp(`^${key}: there is no file`) })
  }
})

test("what an agent has is told by fingerprints, and aloud what goes without", async (t) => {
  const said: string[] = []
  const log = {
    write: (level: string, event: string, message: string): void => void said.push(`${level} ${event} ${message}`),
    setLevel: (): void => {},
    flush: (): Promise<void> => Promise.resolve(),
    writeLast: (): void => {},
  }
  tellSeals(await open({}), log)
  t.match(said, [/^warn agent.not-encrypted insecure: /])
  t.equal(said.length, 1)
  const seals = await open(files(t))
  await seals.reload("require")
  tellSeals(seals, log)
  t.same(said.slice(1), [
    `info gossip.keys the key that seals gossip is ${seals.gossip.keys?.ring()[0]?.fingerprint}`,
    `info stream.secrets the join secret that is shown on streams is ${seals.streams.fingerprints()[0]}`,
  ])
})
