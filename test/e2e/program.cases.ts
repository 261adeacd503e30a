import { test } from "tap"
import { eventually, Program, stateOf } from "../program.ts"

const FOREVER = `console.log("runs"); setInterval(() => {}, 60_000)`

test("a program that its test left running ends with it", async (t) => {
  const ends: (() => unknown)[] = []
  const program = new Program({ teardown: (end) => ends.push(end) }, [process.execPath, "-e", FOREVER])
  await program.line((line) => line === "runs")
  for (const end of ends) await end()
  t.equal(stateOf(program.pid), undefined)
  t.equal((await program.ended).signal, "SIGKILL")
})

for (const death of ["process.exit(1)", `setImmediate(() => { throw new Error("died midway") })`]) {
  test(`a program ends with a test file that dies by ${death}`, async (t) => {
    const source = `
      const { Program } = await import(${JSON.stringify(import.meta.resolve("../program.js"))})
      const program = new Program({ teardown: () => {} }, [process.execPath, "-e", ${JSON.stringify(FOREVER)}])
      await program.line((line) => line === "runs")
      console.log(program.pid)
      ${death}`
    const { code, stdout } = await new Program(t, [process.execPath, "--input-type=module", "-e", source]).ended
    t.equal(code, 1)
    t.match(stdout, /^\d+\n$/)
    t.ok(await eventually(() => stateOf(Number(stdout)) === undefined))
  })
}
