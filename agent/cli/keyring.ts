import type { Ops } from "@conclave/sdk"
import { isStuckToKey, looksLikeKey } from "../config/key-like.ts"
import { readSecretFile, SecretFileError } from "../node/secret-file.ts"
import { withAgent } from "./terminal/agent-link.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"
import type { Output } from "./terminal/output.ts"

type Wish = Ops["keyring"]["in"]
type Answer = Ops["keyring"]["out"]

/** Every member is asked, some of them more than once, and whoever does not answer is waited for. */
const KEYRING_MS = 30_000
/** The agent answers when the time is up at the latest, and says how far it has come. */
const ANSWER_MS = 2000
const STDIN_CHARS_MAX = 4096
const KEY = /^[A-Za-z0-9+/]{43}=$/

/** `keyring list`: which member has which key. */
export async function keyringList(context: Context): Promise<number> {
  const answer = await ask(context, { verb: "list" })
  if (context.output.isJson) context.output.json(answer)
  else show(answer, context.output)
  return EXIT.ok
}

/** `keyring install [FILE|-]`: the one command that a key goes into. */
export async function keyringInstall(context: Context): Promise<number> {
  const key = await keyFrom(context.given)
  return await change(context, { verb: "install", key })
}

export async function keyringUse(context: Context): Promise<number> {
  return await change(context, { verb: "use", fingerprint: context.given.args[0] })
}

export async function keyringRemove(context: Context): Promise<number> {
  return await change(context, { verb: "remove", fingerprint: context.given.args[0] })
}

/** `keyring rotate [FINGERPRINT]`: goes on where an earlier one ended. */
export async function keyringRotate(context: Context): Promise<number> {
  const [fingerprint] = context.given.args
  return await change(context, { verb: "rotate", ...(fingerprint === undefined ? {} : { fingerprint }) })
}

async function change(context: Context, wish: Wish): Promise<number> {
  const { output } = context
  const answer = await ask(context, wish)
  const isWhole = answer.failed.length === 0 && (answer.phase ?? "done") === "done"
  if (output.isJson) output.json(answer)
  else {
    show(answer, output)
    if (!isWhole) {
      const phase = answer.phase === undefined ? "" : `; the rotation goes on with: ${answer.phase}`
      process.stderr.write(`conclave: not all of it is done${phase}\n`)
      process.stderr.write("Next: the same command again, when those above can be reached\n")
    }
  }
  return isWhole ? EXIT.ok : EXIT.partly
}

async function ask(context: Context, wish: Wish): Promise<Answer> {
  return await withAgent(context, (link) => link.request("keyring", wish, ANSWER_MS), {
    door: "admin",
    defaultMs: KEYRING_MS,
    tellsDefault: true,
  })
}

function show({ items, failed }: Answer, output: Output): void {
  output.table(
    ["FINGERPRINT", "PRIMARY", "MEMBERS", "MISSING"],
    items.map(({ fingerprint, primary, members, of, missing }) => [
      ...[fingerprint, primary ? "yes" : "", `${members} of ${of}`],
      missing.length === 0 ? "" : { text: missing.join(", "), color: "yellow" },
    ]),
  )
  for (const { name, message } of failed) process.stderr.write(`  ${name}: ${message}\n`)
}

/** Never from the command line, which every process of the machine can read. */
async function keyFrom(given: Given): Promise<string> {
  const [file = "-"] = given.args
  if (looksLikeKey(file)) {
    const why = "a key is no argument: others see it; take a new one, and give it on stdin"
    throw usageError(`${why} (before a file that looks alike write ./)`, nextHelp(given))
  }
  const text = file === "-" ? await textOfStdin() : textOf(file)
  const lines = text.split("\n").map((line) => line.trim())
  const keys = lines.filter((line) => line !== "" && !line.startsWith("#"))
  const [line = ""] = keys
  const [key = ""] = line.split(/\s+/)
  if (keys.length === 1 && KEY.test(key)) return key
  const where = file === "-" ? "what is on stdin" : file
  if (keys.length > 1) throw usageError(`${where} has ${keys.length} lines, install takes one key`, nextHelp(given))
  if (isStuckToKey(line)) {
    throw usageError(`${where} has something stuck to a key, such as key= or quotes`, "leave the key alone")
  }
  throw usageError(`${where} is no key: 32 bytes in base64`, "conclave keyring gen > FILE")
}

/** As of an agent's own key file: who may read or change it would have the key of all members, or choose it. */
function textOf(file: string): string {
  try {
    return readSecretFile(file)
  } catch (cause) {
    if (!(cause instanceof SecretFileError)) throw cause
    throw usageError(cause.why, cause.next ?? "conclave keyring install -, with the key on stdin")
  }
}

async function textOfStdin(): Promise<string> {
  let text = ""
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += chunk
    if (text.length > STDIN_CHARS_MAX) break
  }
  return text
}
