import { Random } from "@conclave/base"
import { test } from "tap"
import { isSame } from "./store-model.ts"
import { openStage, StoreStage } from "./store-stage.ts"

/** Everything acknowledged, several segments, one snapshot of its own and a tail. */
function filled(seed: number): StoreStage {
  const stage = openStage(seed)
  const random = new Random(seed)
  for (let write = 0; write < 25; write++) {
    stage.writeRandom(random)
    stage.drain()
    if (write % 9 === 8) stage.takeOwnSnapshot(random)
  }
  stage.drain()
  stage.files.settle()
  return stage
}

/** What another process makes of the files when one bit of one byte has tipped over. */
function afterFlip(stage: StoreStage, name: string, at: number, bit: number): string {
  const files = stage.files.copy(at)
  const bytes = files.bytesOf(name)
  bytes[at] = (bytes[at] as number) ^ (1 << bit)
  files.settle()
  const next = new StoreStage(files)
  const opened = next.start()
  if (opened?.kind !== "open") return opened?.kind === "closed" ? opened.reason : "nothing"
  return isSame(opened.stored, stage.model) ? "same" : "other"
}

test("a bit that tips over anywhere never makes a log shorter or other", (t) => {
  for (let seed = 1; seed <= 2; seed++) {
    const stage = filled(seed)
    const random = new Random(seed)
    const found: Record<string, number> = {}
    for (const name of stage.files.list()) {
      const bytes = stage.files.bytesOf(name)
      for (let at = 0; at < bytes.length; at++) {
        // Of zeros, and of what lies behind the first sectors, a part will do.
        if (bytes[at] === 0 ? at % 13 !== seed : at >= 1024 && at % 9 !== seed) continue
        const verdict = afterFlip(stage, name, at, random.below(8))
        found[verdict] = (found[verdict] ?? 0) + 1
        if (verdict === "other" || verdict === "nothing") t.fail(`${name} at ${at}: ${verdict}`)
      }
    }
    t.ok((found["damaged"] ?? 0) > 300 && (found["same"] ?? 0) > 30, JSON.stringify(found))
  }
  t.end()
})

test("a flipped bit beside what a crash left costs nothing that was acknowledged", (t) => {
  for (let seed = 1; seed <= 40; seed++) {
    const stage = filled(seed)
    const random = new Random(seed)
    stage.writeRandom(random)
    stage.files.before = (operation) => {
      if (operation === "sync") stage.files.kill()
    }
    stage.drain()
    stage.files.powerCut()
    const active = stage.files.list().findLast((name) => name.startsWith("wal-")) as string
    const bytes = stage.files.bytesOf(active)
    const at = random.below(bytes.length)
    bytes[at] = (bytes[at] as number) ^ (1 << random.below(8))
    stage.files.settle()
    const opened = stage.start()
    if (opened?.kind === "closed") t.equal(opened.reason, "damaged")
    else if (opened !== undefined) stage.found(opened)
  }
  t.end()
})

test("a file that is gone is missed", (t) => {
  const stage = filled(3)
  const names = stage.files.list().filter((name) => !name.endsWith(".tmp"))
  const verdicts = names.map((name) => {
    const files = stage.files.copy(1)
    files.remove(name)
    files.settle()
    const opened = new StoreStage(files).start()
    if (opened?.kind !== "open") return opened?.kind
    return isSame(opened.stored, stage.model) ? "same" : "other"
  })
  t.notOk(verdicts.includes("other") || verdicts.includes("nothing"), verdicts.join())
  t.ok(verdicts.includes("closed"))
  t.end()
})
