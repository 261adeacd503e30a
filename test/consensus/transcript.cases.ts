import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { test } from "tap"
import { transcribe, transcripts } from "./transcript.ts"

for (const { name, text } of transcripts()) {
  test(`transcript: ${name.replaceAll("-", " ")}`, async (t) => {
    t.equal(transcribe(text), text, "to take over what is new: node test/dist/consensus/transcribe.js --rewrite")
  })
}

test("the program prints a transcript as it is today", async (t) => {
  const program = fileURLToPath(new URL("./transcribe.js", import.meta.url))
  const text = transcripts().find(({ name }) => name === "lagging-commit")?.text
  t.equal(execFileSync(process.execPath, [program, "lagging-commit"], { encoding: "utf8" }), `${text}\n`)
})

const SCRIPT = "# Alone.\n> add a\n> tick a\n"

test("a transcript has everything that its commands led to", async (t) => {
  const text = transcribe(SCRIPT)
  t.match(text, /^# Alone\.\n> add a\n {2}a applies 1\/1 group\(a\)\n> tick a\n {2}a is preCandidate in term 1\n/)
  t.match(text, /\n {2}a applies 2\/2 noop\n$/)
  t.equal(transcribe(text), text)
  t.not(transcribe(text.replace("noop", "nothing")), text.replace("noop", "nothing"), "an untrue word is found")
  t.not(transcribe(text.replace(/ {2}a applies.*\n/, "")), text.replace(/ {2}a applies.*\n/, ""), "and a lost one")
})

test("a command that there is not, or that cannot be done, ends a transcript with its line", async (t) => {
  for (const [line, why] of [
    ["dance a", "no command dance"],
    ["tick b", "no replica b"],
    ["restart a", "a does not run"],
    ["restored a", "a takes over no snapshot"],
  ] as const) {
    try {
      transcribe(`> add a\n> ${line}\n`)
      t.fail(line)
    } catch (error) {
      t.match(error, { message: `line 2: > ${line}`, cause: { message: why } })
    }
  }
})
