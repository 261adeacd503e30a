import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "tap"
import { eventually, type Program } from "../program.ts"
import { example, LONG, theAgents } from "./fleet.ts"

const PARTITIONS = ["0", "1", "2", "3"]
/** What the example does between two checkpoints. */
const BATCH = 10

interface Done {
  readonly partition: string
  readonly offset: number
  readonly token: bigint
  readonly record: string
}

function doneBy(programs: readonly Program[]): readonly Done[] {
  return programs.flatMap(({ lines }) =>
    lines.map((line) => {
      const [partition = "", offset, token = "", record = ""] = line.split(" ")
      return { partition, offset: Number(offset), token: BigInt(token), record }
    }),
  )
}

/** What is wrong with what was done of a partition that has so many records, in words. */
export function problemsOf(done: readonly Done[], records: number): readonly string[] {
  const problems: string[] = []
  const tokens = [...new Set(done.map(({ token }) => token))].sort((a, b) => (a < b ? -1 : 1))
  let next = 0
  for (const token of tokens) {
    const some = done.filter((each) => each.token === token)
    const [first] = some
    if (first === undefined || first.offset > next) problems.push(`${token} begins with ${first?.offset} after ${next}`)
    else if (first.offset < next - BATCH) problems.push(`${token} begins with ${first.offset}, long before ${next}`)
    for (const [at, { offset, record }] of some.entries()) {
      if (offset !== (first?.offset ?? 0) + at) problems.push(`${token} does ${offset} out of order`)
      if (record !== `record-${offset}`) problems.push(`${offset} is ${record}`)
    }
    next = Math.max(next, (some.at(-1)?.offset ?? 0) + 1)
  }
  return next === records ? problems : [...problems, `${next} of ${records} are done`]
}

test(
  "of a partitioned log no record is lost, and after a checkpoint none is done again, whoever is killed",
  LONG,
  async (t) => {
    const { n1, n2, n3 } = await theAgents(t)
    const folder = t.testdir({})
    for (const partition of PARTITIONS) writeFileSync(join(folder, `${partition}.log`), "")
    let records = 0
    const feed = setInterval(() => {
      for (const partition of PARTITIONS) appendFileSync(join(folder, `${partition}.log`), `record-${records}\n`)
      records++
    }, 2)
    t.teardown(() => clearInterval(feed))
    const consumers = [n1, n2, n3].map((agent) => example(t, agent, "consumer", folder))
    t.ok(await eventually(() => consumers.every(({ lines }) => lines.length > BATCH)))
    const [killed, drained] = consumers
    killed?.signal("SIGKILL")
    await killed?.ended
    const seen = consumers.map(({ lines }) => lines.length)
    t.ok(
      await eventually(() => consumers.slice(1).every(({ lines }, at) => lines.length > (seen[at + 1] ?? 0) + BATCH)),
    )
    drained?.signal("SIGTERM")
    t.equal((await drained?.ended)?.code, 0, "it hands back what it has")
    clearInterval(feed)
    const of = (partition: string): readonly Done[] => doneBy(consumers).filter((each) => each.partition === partition)
    const isDone = (partition: string): boolean => of(partition).some(({ offset }) => offset === records - 1)
    t.ok(await eventually(() => PARTITIONS.every(isDone)))
    for (const partition of PARTITIONS) t.same(problemsOf(of(partition), records), [], `partition ${partition}`)
    t.ok(PARTITIONS.some((partition) => new Set(of(partition).map(({ token }) => token)).size > 1))
  },
)

test("a record that is left out, or done again long after its checkpoint, is found", (t) => {
  const done = (token: number, from: number, to: number): readonly Done[] =>
    Array.from({ length: to - from }, (_, at) => {
      const offset = from + at
      return { partition: "0", offset, token: BigInt(token), record: `record-${offset}` }
    })
  t.same(problemsOf([...done(1, 0, 25), ...done(2, 20, 40)], 40), [])
  t.equal(problemsOf([...done(1, 0, 25), ...done(2, 26, 40)], 40).length, 1)
  t.equal(problemsOf([...done(1, 0, 25), ...done(2, 10, 40)], 40).length, 1)
  t.equal(problemsOf(done(1, 0, 39), 40).length, 1)
  t.equal(problemsOf([...done(1, 0, 25), ...done(1, 24, 40)], 40).length > 0, true)
  t.end()
})
