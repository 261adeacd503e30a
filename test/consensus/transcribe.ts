import { writeFileSync } from "node:fs"
import { transcribe, transcripts } from "./transcript.ts"

/**
 * `node test/dist/consensus/transcribe.js [--rewrite] [name …]`: prints transcripts as they are today, or writes them.
 */

const isRewrite = process.argv.includes("--rewrite")
const names = process.argv.slice(2).filter((each) => !each.startsWith("--"))
for (const { name, path, text } of transcripts()) {
  if (names.length > 0 && !names.includes(name)) continue
  const today = transcribe(text)
  if (isRewrite) writeFileSync(path, today)
  else process.stdout.write(`${today}\n`)
}
