import type { Millis } from "@conclave/base"
import type { Command, Machine } from "@conclave/consensus"
import { isProblem } from "conclave/api/problem"
import { headerLine } from "conclave/group/backup-file"
import { Backups, type Saved } from "conclave/node/backups"
import { openClock } from "conclave/node/clock"
import { openSecrets } from "conclave/node/secrets"
import { type Test, test } from "tap"
import { LoneCluster } from "../coordination/lone-cluster.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { fileOf, machineWith, readAll } from "../saved-state.ts"
import { until } from "./until.ts"

interface Stage {
  readonly cluster: LoneCluster
  readonly backups: Backups
  wallMs: number
  /** Time that has passed without anybody waiting. */
  aheadMs: number
  /** Reads that were answered. */
  reads: number
  /** What may become of a command instead of its way into the log. */
  meddle: (command: Command, propose: (done: Told) => void, done: Told) => void
}

type Told = Parameters<LoneCluster["propose"]>[2]

function stageOf(t: Test, directory?: string): Stage {
  const clock = openClock()
  const cluster = new LoneCluster(clock, true)
  t.teardown(() => cluster.stop())
  const stage: Stage = {
    cluster,
    reads: 0,
    aheadMs: 0,
    wallMs: Date.parse("2026-03-02T00:00:00.000Z"),
    meddle: (_command, propose, done) => propose(done),
    backups: new Backups({
      consensus: {
        awaitsFounding: false,
        clusterId: cluster.machine.clusterId,
        state: {
          read: (deadline, done) =>
            cluster.read(deadline, (read) => {
              done(read.kind === "read" ? { kind: "read", state: cluster.machine } : read)
              stage.reads++
            }),
          propose: (command, deadline, done) =>
            stage.meddle(
              command,
              (told) => cluster.propose(command, deadline, told),
              (outcome) => done(outcome.kind === "applied" ? { ...outcome, rev: cluster.machine.rev } : outcome),
            ),
        },
      },
      clock: { now: () => (clock.now() + stage.aheadMs) as Millis, wallMs: (): number => stage.wallMs },
      term: () => "3",
      secrets: openSecrets(),
      directory: directory ?? temporaryDirectory(t),
    }),
  }
  return stage
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
}

async function bytesOf(saved: Saved): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of saved.octets()) chunks.push(chunk)
  return Buffer.concat([Buffer.from(headerLine(saved.header)), ...chunks])
}

function history(machine: Machine, name: string): number {
  return machine.name("lock", name).name?.history.length ?? 0
}

test("what is saved is the whole state at one revision, and comes back into another cluster", async (t) => {
  const stage = stageOf(t)
  const file = fileOf(machineWith(1500))
  const restored = await stage.backups.restore("c".repeat(26), pieces(file), 1000)
  t.match(restored, { bytes: Number, rev: /\d+/ })
  t.equal(history(stage.cluster.machine, "n1499"), 1)
  t.ok(stage.cluster.commands.filter(({ kind }) => kind === "stage").length > 1, "in parts")
  const saved = await stage.backups.save(1000)
  if (isProblem(saved)) throw new Error(saved.message)
  t.match(saved.header, { term: "3", rev: String(stage.cluster.machine.rev), time: "2026-03-02T00:00:00.000Z" })
  t.match(readAll(await bytesOf(saved)), { sha256: saved.header.sha256 })
  await saved.close()
})

test("parts are on their way together; where one is late, those behind it come again in order", async (t) => {
  const stage = stageOf(t)
  let [underWay, most, late] = [0, 0, 0]
  stage.meddle = (command, propose, done) => {
    if (command.kind !== "stage") return propose(done)
    underWay++
    most = Math.max(most, underWay)
    const end: Told = (outcome) => {
      underWay--
      done(outcome)
    }
    if (command.part % 3 !== 1) return propose(end)
    late++
    setTimeout(() => propose(end), 20)
  }
  const restored = await stage.backups.restore("c".repeat(26), pieces(fileOf(machineWith(1500))), 1000)
  t.match(restored, { bytes: Number })
  t.ok(most > 1, `${most} at once`)
  t.ok(late > 0)
  t.equal(history(stage.cluster.machine, "n1499"), 1)
  t.equal(history(stage.cluster.machine, "n0"), 1)
})

test("writes go on while it is saved, and are not in it", async (t) => {
  const stage = stageOf(t)
  await stage.backups.restore("c".repeat(26), pieces(fileOf(machineWith(1500))), 1000)
  const { rev } = stage.cluster.machine
  const saving = stage.backups.save(1000)
  await until("the state is read", () => stage.reads === 1)
  stage.cluster.apply({ kind: "recover", wallMs: 8_000_000_000_000 - 1, snapshotWallMs: 0 })
  const saved = await saving
  if (isProblem(saved)) throw new Error(saved.message)
  const read = readAll(await bytesOf(saved))
  t.match(read, { rev: String(rev), token: saved.header.token })
  t.ok(Number(saved.header.token) < stage.cluster.machine.lastToken)
  await saved.close()
})

test("a wrong confirmation, damage, a newer format and an old clock change nothing", async (t) => {
  const stage = stageOf(t)
  const { stateBytes } = stage.cluster.machine
  const file = fileOf(machineWith(100))
  const restore = (bytes: Uint8Array, confirm = "c".repeat(26)) => stage.backups.restore(confirm, pieces(bytes), 1000)
  t.match(await restore(file, "other"), {
    code: "CONFLICT",
    details: { reason: "cluster-id", current: "c".repeat(26) },
  })
  const damaged = new Uint8Array(file)
  damaged[file.length - 9] = 7
  t.match(await restore(damaged), { code: "INVALID_ARGUMENT", message: /damaged/ })
  t.match(await restore(file.subarray(0, 5000)), { code: "INVALID_ARGUMENT", message: /damaged/ })
  t.match(await restore(Buffer.from("no such thing\n")), { code: "INVALID_ARGUMENT", message: /no saved state/ })
  t.match(await restore(fileOf(machineWith(1), { format: 9 })), { code: "UNIMPLEMENTED" })
  t.equal(stage.cluster.commands.length, 1, "nothing was proposed")
  stage.wallMs = Date.parse("2026-02-01T00:00:00.000Z")
  t.match(await restore(file), { code: "CONFLICT", details: { reason: "clock" }, outcome: "not-applied" })
  t.equal(stage.cluster.machine.stateBytes, stateBytes, "and nothing is left of what was staged")
})

test("without a quorum nothing is saved or restored", async (t) => {
  const stage = stageOf(t)
  stage.cluster.hasQuorum = false
  t.match(await stage.backups.save(100), { code: "NO_QUORUM" })
  const file = fileOf(machineWith(1))
  t.match(await stage.backups.restore("c".repeat(26), pieces(file), 100), { code: "NO_QUORUM", outcome: "not-applied" })
})

test("what was staged goes when it does not come to an end, and nothing has changed", async (t) => {
  const stage = stageOf(t)
  const { stateBytes } = stage.cluster.machine
  stage.cluster.losesAnswers = (command) => {
    const isLost = command.kind === "stage" && command.part === 1
    if (isLost) stage.aheadMs = 700_000
    return isLost
  }
  const restored = await stage.backups.restore("c".repeat(26), pieces(fileOf(machineWith(3000))), 100)
  t.match(restored, { code: "TIMEOUT", outcome: "not-applied" })
  t.equal(stage.cluster.machine.stateBytes, stateBytes)
})

test("an answer that is lost is asked for again, through leaders that come and go", async (t) => {
  const stage = stageOf(t)
  const { cluster } = stage
  const lost = new Map<string, number>()
  cluster.losesAnswers = ({ kind }) => {
    const times = lost.get(kind) ?? 0
    lost.set(kind, times + 1)
    if (times >= 2) return false
    // Behind a lost answer nobody leads for a while: that says nothing of what was proposed.
    cluster.hasQuorum = false
    setTimeout(() => {
      cluster.hasQuorum = true
    }, 50)
    return true
  }
  t.match(await stage.backups.restore("c".repeat(26), pieces(fileOf(machineWith(3))), 1000), { rev: /\d+/ })
  t.same([lost.get("stage"), lost.get("restore")], [3, 3])
  t.equal(history(cluster.machine, "n2"), 1)
})

test("an answer that never comes leaves the outcome open", async (t) => {
  const stage = stageOf(t)
  stage.cluster.losesAnswers = ({ kind }) => {
    if (kind === "restore") stage.aheadMs = 700_000
    return kind === "restore"
  }
  const lost = await stage.backups.restore("c".repeat(26), pieces(fileOf(machineWith(3))), 1000)
  t.match(lost, { code: "TIMEOUT", outcome: "unknown", hint: /a restore ends all of them/ })
})

test("one at a time; the next can have its turn after each, also one that failed", async (t) => {
  const stage = stageOf(t)
  const saved = await stage.backups.save(1000)
  if (isProblem(saved)) throw new Error(saved.message)
  t.match(await stage.backups.save(1000), { code: "RESOURCE_EXHAUSTED", retryable: true })
  await saved.close()
  await t.rejects(stage.backups.restore("c".repeat(26), broken(), 100), /cut/)
  const again = await stage.backups.save(1000)
  if (isProblem(again)) throw new Error(again.message)
  await again.close()
})

async function* broken(): AsyncGenerator<Uint8Array> {
  yield fileOf(machineWith(1)).subarray(0, 100)
  throw new Error("cut")
}

test("where there is no place for it, that is said", async (t) => {
  const stage = stageOf(t, "/nonexistent/place")
  t.match(await stage.backups.save(100), { code: "INTERNAL", message: /no place for the state/ })
  const full = stageOf(t, "/tmp")
  async function* unwritable(): AsyncGenerator<Uint8Array> {
    yield fileOf(machineWith(3)).subarray(0, 100)
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" })
  }
  t.match(await full.backups.restore("c".repeat(26), unwritable(), 1000), {
    code: "RESOURCE_EXHAUSTED",
    outcome: "not-applied",
    hint: /make room in \/tmp/,
    details: { limit: "disk" },
  })
  t.match(await full.backups.restore("c".repeat(26), pieces(fileOf(machineWith(3))), 1000), { rev: /\d+/ })
})
