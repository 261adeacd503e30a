import { type Addr, GENERATION_MAX, type Generation, type NodeId, nodeId } from "@conclave/base"
import { type KnownMember, type LoadedMembers, MemberFile } from "conclave/gossip/member-file"
import type { DiskResult } from "conclave/ports"
import fc from "fast-check"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { apply, ScriptedDisk } from "../scripted-disk.ts"

const FILE = "members.log"

function member(index: number, port = 7951): KnownMember {
  const letters = "abcdefghijklmnopqrstuvwxyz234567"
  const id = `${letters[index & 31]}${letters[(index >> 5) & 31]}${letters[(index >> 10) & 31]}`.padEnd(
    26,
    "a",
  ) as NodeId
  return { id: nodeId(id), name: `n${index}`, addr: `10.0.0.1:${port}` as Addr }
}

function load(disk: ScriptedDisk, clock: FakeClock = new FakeClock()): LoadedMembers {
  return MemberFile.load(disk, clock)
}

function raise(file: MemberFile, generation: number): Promise<DiskResult> {
  return new Promise((resolve) => file.raiseGeneration(generation as Generation, resolve))
}

function loadBytes(bytes: Uint8Array): LoadedMembers {
  const disk = new ScriptedDisk()
  disk.files.set(FILE, bytes)
  return load(disk)
}

function seen({ members }: { members: readonly KnownMember[] }): string {
  return members
    .map(({ id, name, addr }) => `${id} ${name} ${addr}`)
    .sort()
    .join("\n")
}

test("a first start finds nothing and no problem", (t) => {
  const { generation, members, tags, problem } = load(new ScriptedDisk())
  t.same([generation, members, tags, problem], [0, [], undefined, undefined])
  t.end()
})

test("generation, tags and members are there after a restart", async (t) => {
  const disk = new ScriptedDisk()
  const { file } = load(disk)
  t.same(await raise(file, 1), { ok: true })
  file.remember(member(1))
  file.remember(member(2))
  file.remember(member(3))
  file.remember(member(2, 9))
  file.forget(member(3).id)
  file.forget(member(4).id)
  file.setTags({ rôle: "weiß 🦀", dc: "" })
  file.close()
  const again = load(disk)
  t.equal(again.generation, 1)
  t.equal(seen(again), seen({ members: [member(1), member(2, 9)] }))
  t.same(again.tags, { rôle: "weiß 🦀", dc: "" })
  t.equal(again.problem, undefined)
  await raise(again.file, 2)
  t.equal(load(disk).generation, 2)
  t.equal(seen(load(disk)), seen(again), "the first write of the next life loses nothing")
  t.same(load(disk).tags, again.tags)
  await raise(again.file, 1)
  t.equal(load(disk).generation, 2, "a generation never goes back")
  t.end()
})

test("after a good-bye the generation stays and the members go", async (t) => {
  const disk = new ScriptedDisk()
  const { file } = load(disk)
  await raise(file, 7)
  file.remember(member(1))
  t.same(await new Promise((resolve) => file.clearMembers(resolve)), { ok: true })
  const again = load(disk)
  t.equal(again.generation, 7)
  t.same(again.members, [])
})

interface Step {
  readonly act: (file: MemberFile) => void
  readonly change: (members: Map<NodeId, KnownMember>) => void
}

function step(index: number, isForget: boolean, port: number): Step {
  const each = member(index, port)
  if (isForget) return { act: (file) => file.forget(each.id), change: (members) => members.delete(each.id) }
  return { act: (file) => file.remember(each), change: (members) => members.set(each.id, each) }
}

/** Runs the steps, a write ending after every `every` of them; what was on the disk and known at each write. */
function record(steps: readonly Step[], every: number): { disk: ScriptedDisk; states: string[]; includes: number[] } {
  const disk = new ScriptedDisk(false)
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  const members = new Map<NodeId, KnownMember>()
  const states = [""]
  const includes: number[] = []
  const note = (): void => {
    while (includes.length < disk.writes.length) includes.push(states.length - 1)
  }
  file.raiseGeneration(5 as Generation, () => {})
  note()
  for (const [index, { act, change }] of steps.entries()) {
    change(members)
    states.push(seen({ members: [...members.values()] }))
    act(file)
    clock.advance(1000)
    note()
    if (index % every === every - 1 && disk.waiting > 0) disk.finish()
    clock.advance(1000)
    note()
  }
  file.close()
  note()
  while (disk.waiting > 0) {
    disk.finish()
    note()
  }
  return { disk, states, includes }
}

test("a crash at any byte of any write costs at most what was not yet acknowledged", (t) => {
  const anyStep = fc
    .tuple(fc.nat(7), fc.boolean(), fc.integer({ min: 1, max: 3 }))
    .map(([index, isForget, port]) => step(index, isForget, port))
  let crashes = 0
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (steps, every) => {
      const { disk, states, includes } = record(steps, every)
      const files = new Map<string, Uint8Array>()
      for (const [index, write] of disk.writes.entries()) {
        const acknowledged = index === 0 ? 0 : (includes[index - 1] ?? 0)
        const lengths = write.kind === "append" ? write.bytes.length : 0
        for (let bytes = 0; bytes <= lengths; bytes++) {
          const crashed = new Map(files)
          if (write.kind === "append") apply(crashed, write, bytes)
          const left = crashed.get(FILE)
          if (left === undefined) continue
          crashes++
          const { members, generation } = loadBytes(left)
          const possible = states.slice(acknowledged, (includes[index] ?? 0) + 1)
          if (!possible.includes(seen({ members }))) return false
          if (generation < 5) return false
        }
        apply(files, write)
      }
      return seen(loadBytes(files.get(FILE) ?? new Uint8Array(0))) === states.at(-1)
    }),
    { numRuns: 60 },
  )
  t.ok(crashes > 1000, `${crashes} crashes`)
  t.end()
})

async function sample(): Promise<Uint8Array> {
  const disk = new ScriptedDisk()
  const { file } = load(disk)
  await raise(file, 40)
  for (let index = 0; index < 5; index++) file.remember(member(index))
  file.setTags({ dc: "a" })
  await raise(file, 41)
  return disk.files.get(FILE) ?? new Uint8Array(0)
}

test("one flipped bit anywhere is noticed, costs one line or two, and never turns the generation back", async (t) => {
  const good = await sample()
  const known = new Set(Array.from({ length: 5 }, (_, index) => seen({ members: [member(index)] })))
  let worst = 5
  for (let bit = 0; bit < good.length * 8; bit++) {
    const bytes = Uint8Array.from(good)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const { generation, members, problem } = loadBytes(bytes)
    if (problem === undefined) t.fail(`bit ${bit} is not noticed`)
    if (generation < 41) t.fail(`bit ${bit} turns the generation back to ${generation}`)
    for (const each of members) if (!known.has(seen({ members: [each] }))) t.fail(`bit ${bit} makes up ${each.name}`)
    worst = Math.min(worst, members.length)
  }
  t.ok(worst >= 3, "everything else is kept, before and after the damage")
})

test("a file that was cut is read up to the cut", async (t) => {
  const good = await sample()
  for (let length = 0; length < good.length; length++) {
    const { problem, members } = loadBytes(good.subarray(0, length))
    const isWhole = length === 0 || good[length - 1] === 10
    if (isWhole !== (problem === undefined)) t.fail(`${length} bytes: ${problem}`)
    if (members.length > 5) t.fail("more than there were")
  }
  t.pass("all lengths")
})

test("a generation near the end of all generations stays in range after damage", async (t) => {
  const disk = new ScriptedDisk()
  const { file } = load(disk)
  await raise(file, GENERATION_MAX)
  t.equal(load(disk).generation, GENERATION_MAX)
  const bytes = disk.files.get(FILE) ?? new Uint8Array(0)
  const { generation } = loadBytes(Uint8Array.from([...bytes, 120]))
  t.ok(generation <= GENERATION_MAX)
})

test("a file that cannot be read is said and survived", (t) => {
  const disk = new ScriptedDisk()
  disk.read = () => {
    throw new Error("EIO: i/o error, read")
  }
  const { problem, members, generation } = load(disk)
  t.match(problem, /members\.log cannot be read: EIO/)
  t.same(members, [])
  t.ok(generation > 0, "clear of what may have been in it")
  t.end()
})

test("damage that ate the newest generations does not turn them back", async (t) => {
  const disk = new ScriptedDisk()
  const { file } = load(disk)
  for (let generation = 1; generation <= 100; generation++) await raise(file, generation)
  const bytes = Uint8Array.from(disk.files.get(FILE) ?? [])
  // The first byte of each line but the first is one of its hash.
  for (let at = 0; at < bytes.length - 1; at++) if (bytes[at] === 10) bytes[at + 1] = 120
  t.ok(loadBytes(bytes).generation >= 100)
})

test("a storm of joins makes few writes", (t) => {
  const disk = new ScriptedDisk(false)
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  file.raiseGeneration(1 as Generation, () => {})
  for (let index = 0; index < 1000; index++) file.remember(member(index))
  disk.finish()
  clock.advance(0)
  disk.finish()
  t.equal(disk.waiting, 0)
  t.equal(disk.writes.length, 2)
  t.equal(load(disk).members.length, 1000)
  t.end()
})

test("the first members are written at once, those that come after them once a second", (t) => {
  const disk = new ScriptedDisk()
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  file.raiseGeneration(1 as Generation, () => {})
  const remembered = (): number => load(disk).members.length
  for (let index = 0; index < 10; index++) file.remember(member(index))
  clock.advance(0)
  t.equal(remembered(), 10)
  for (let index = 10; index < 110; index++) {
    file.remember(member(index))
    clock.advance(20)
  }
  t.equal(disk.writes.length, 4, "a generation, and three times members")
  t.ok(remembered() >= 60, `${remembered()}`)
  clock.advance(1000)
  t.equal(remembered(), 110)
  t.end()
})

test("a generation, tags and the end wait for nothing, and take along what was gathered", (t) => {
  const disk = new ScriptedDisk()
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  const after = (act: () => void): string => {
    act()
    return seen(load(disk))
  }
  file.remember(member(1))
  clock.advance(0)
  file.remember(member(2))
  t.equal(seen(load(disk)), seen({ members: [member(1)] }))
  const two = seen({ members: [member(1), member(2)] })
  t.equal(
    after(() => file.raiseGeneration(1 as Generation, () => {})),
    two,
  )
  file.forget(member(1).id)
  t.equal(
    after(() => file.setTags({ a: "b" })),
    seen({ members: [member(2)] }),
  )
  file.remember(member(3))
  t.equal(
    after(() => file.close()),
    seen({ members: [member(2), member(3)] }),
  )
  t.equal(
    after(() => file.forget(member(3).id)),
    seen({ members: [member(2)] }),
    "what comes after the end does not wait either",
  )
  t.end()
})

test("the end comes while a write is under way: what was gathered follows it", (t) => {
  const disk = new ScriptedDisk(false)
  const { file } = load(disk)
  file.raiseGeneration(1 as Generation, () => {})
  file.remember(member(1))
  file.close()
  disk.finish()
  disk.finish()
  t.equal(seen(load(disk)), seen({ members: [member(1)] }))
  t.end()
})

test("the log stays small under endless change", (t) => {
  const disk = new ScriptedDisk()
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  let longest = 0
  for (let round = 0; round < 20_000; round++) {
    file.remember(member(round % 10, 1 + (round % 60_000)))
    clock.advance(1000)
    longest = Math.max(longest, disk.files.get(FILE)?.length ?? 0)
  }
  t.ok(longest < 66 * 1024, `${longest} bytes at most`)
  t.ok(disk.writes.filter(({ kind }) => kind === "replace").length < 100, "and is seldom rewritten")
  t.equal(load(disk).members.length, 10)
  t.end()
})

test("members have a limit; more are not remembered", (t) => {
  const disk = new ScriptedDisk(false)
  const { file } = load(disk)
  for (let index = 0; index < 10_001; index++) file.remember(member(index))
  file.remember(member(0, 9))
  file.close()
  while (disk.waiting > 0) disk.finish()
  const { members } = load(disk)
  t.equal(members.length, 10_000)
  t.equal(members.find(({ name }) => name === "n0")?.addr, "10.0.0.1:9", "one that is known may still move")
  t.end()
})

test("every caller is answered once, also when writes fail, and the next success holds everything", (t) => {
  const disk = new ScriptedDisk(false)
  const clock = new FakeClock()
  const { file } = load(disk, clock)
  const answers: string[] = []
  const failure: DiskResult = { ok: false, code: "ENOSPC", message: "disk full" }
  file.raiseGeneration(1 as Generation, (result) => answers.push(`1 ${result.ok}`))
  file.remember(member(1))
  file.raiseGeneration(2 as Generation, (result) => answers.push(`2 ${result.ok}`))
  disk.finish(failure)
  t.same(answers, ["1 false"])
  t.equal(disk.waiting, 1, "the second caller is not left waiting")
  disk.finish(failure)
  t.same(answers, ["1 false", "2 false"])
  t.equal(disk.waiting, 0, "nobody waits, so nothing is tried again and again")
  file.remember(member(2))
  clock.advance(0)
  t.equal(disk.writes.at(-1)?.kind, "replace", "after a failure the end of the file is unknown")
  disk.finish()
  const { members, generation } = load(disk)
  t.equal(seen({ members }), seen({ members: [member(1), member(2)] }))
  t.equal(generation, 2)
  t.end()
})
