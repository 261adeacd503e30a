import type { Addr, Millis } from "@conclave/base"
import type { Clock, Disk, DiskResult, Names, Processes, Secrets } from "conclave/ports"
import type { Test } from "tap"

/** Lets time pass until it holds: real time, or virtual. */
export type Until = (what: string, holds: () => boolean) => Promise<void>

/** What every clock does, whoever moves it. */
export async function keepsClockContract(t: Test, clock: Clock, until: Until): Promise<void> {
  const rung: string[] = []
  const [first, second] = [clock.alarm(() => rung.push("first")), clock.alarm(() => rung.push("second"))]
  const begunMs = clock.now()
  const bootMs = clock.bootMs()
  const at = (ms: number): Millis => (begunMs + ms) as Millis
  let early = 0
  const late = clock.alarm(() => {
    if (clock.now() < at(20)) early++
    rung.push("late")
  })
  late.set(at(20))
  first.set(at(-5))
  t.same(rung, [], "never from within the call")
  second.set(at(3))
  second.clear()
  second.clear()
  await until("both have rung", () => rung.length === 2)
  t.same(rung, ["first", "late"], "each once; what was cleared never")
  t.equal(early, 0)
  t.ok(clock.now() - begunMs >= 20 && clock.bootMs() > bootMs, "time goes on")
  first.set(at(1))
  first.set((clock.now() + 10) as Millis)
  const againMs = clock.now()
  await until("it rings again", () => rung.length === 3)
  t.ok(clock.now() - againMs >= 10, "setting it again replaces it")
  const turns: string[] = []
  const inTurn = clock.alarm(() => {
    clock.afterTurn(() => turns.push("after it"))
    turns.push("in the turn")
  })
  inTurn.set(clock.now())
  await until("the turn is over", () => turns.length === 2)
  t.same(turns, ["in the turn", "after it"])
  t.ok(clock.wallMs() > 1_600_000_000_000)
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

/** What every data directory does; `reopen` is what the next process sees. */
export async function keepsDiskContract(
  t: Test,
  { disk, reopen, until }: { readonly disk: Disk; readonly reopen: () => Promise<Disk>; readonly until: Until },
): Promise<void> {
  const said: string[] = []
  const note = (name: string) => (result: DiskResult) => void said.push(`${name} ${result.ok}`)
  const bytes = (words: string): Uint8Array => new TextEncoder().encode(words)
  t.equal(disk.read("a"), undefined, "no such file")
  disk.append("a", bytes("1"), note("append"))
  disk.replace("a", bytes("new"), note("replace"))
  disk.append("a", bytes("+"), note("append"))
  disk.replace("b", new Uint8Array(0), note("empty"))
  t.same(said, [], "never from within the call")
  await until("all is durable", () => said.length === 4)
  t.same(said, ["append true", "replace true", "append true", "empty true"], "in the order of the calls")
  const next = await reopen()
  t.equal(text(next.read("a")), "new+")
  t.equal(text(next.read("b")), "")
  t.equal(next.read("c"), undefined)
}

/** Numeric addresses come back as they are, and what is no host comes back empty, with the reason. */
export async function keepsNamesContract(t: Test, names: Names, until: Until): Promise<void> {
  const found: (readonly [readonly Addr[], string])[] = []
  names.resolve("10.1.2.3:7951", (addrs, problem) => found.push([addrs, problem]))
  t.same(found, [], "never from within the call")
  await until("it is known", () => found.length === 1)
  names.resolve("no such host", (addrs, problem) => found.push([addrs, problem]))
  await until("it is known that it is none", () => found.length === 2)
  t.same(found[0], [["10.1.2.3:7951"], ""])
  t.same(found[1]?.[0], [])
  t.match(found[1]?.[1], /no such host/)
}

/** Who is not there is not found, and that is said once. */
export async function keepsProcessesContract(t: Test, processes: Processes, until: Until): Promise<void> {
  const found: unknown[] = []
  const nobody = { pid: 0x7ffffffe, startTime: 3 }
  processes.find(nobody, (each) => found.push(each))
  processes.findGroup(nobody.pid, nobody, (each) => found.push(each))
  t.same(found, [], "never from within the call")
  await until("both are answered", () => found.length === 2)
  t.same(found, [undefined, undefined])
}

/** Ids and secrets of sessions have their shape and are new each time; the hash is the same for the same. */
export function keepsSecretsContract(t: Test, secrets: Secrets): void {
  const all = Array.from({ length: 20 }, () => secrets.session())
  for (const { id, secret } of all) {
    t.match(id, /^[a-z2-7]{26}$/)
    t.match(secret, /^[a-z2-7]{52}$/)
  }
  t.equal(new Set(all.flatMap(({ id, secret }) => [id, secret])).size, 40)
  const [one, other] = [secrets.hash("one"), secrets.hash("other")]
  t.same(secrets.hash("one"), one)
  t.notSame(one, other)
  t.equal(one.length, 32)
}
