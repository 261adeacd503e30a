import { randomBytes } from "node:crypto"
import { createReadStream } from "node:fs"
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { AGREED_MS, pathOf, withAgent } from "../terminal/agent-link.ts"
import { formatAge } from "../terminal/ages.ts"
import { nextHelp, timeoutMsOf } from "../terminal/arguments.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure, usageError } from "../terminal/failure.ts"
import { getOctets, postOctets } from "./agent-octets.ts"
import { BackupCheck, checkBackup, type Header } from "./read-backup.ts"

/** It has hashes of secrets, and tells who does what. */
const FILE_MODE = 0o600
const PATH = "/v1/snapshot"

/** `snapshot save FILE|-`: the state as it is after the call, whole or not at all. */
export async function snapshotSave(context: Context): Promise<number> {
  const [file = ""] = context.given.args
  const header = await withAgent(context, () => save(context, file), { door: "admin", defaultMs: AGREED_MS })
  if (file === "-") context.output.note(wordsOf(header))
  else show(context, file, header)
  return EXIT.ok
}

/** `snapshot inspect FILE`: without an agent; every byte is looked at. */
export async function snapshotInspect(context: Context): Promise<number> {
  const [file = ""] = context.given.args
  show(context, file, await checkBackup(file, await reading(file)))
  return EXIT.ok
}

/** `snapshot restore FILE --confirm CLUSTER_ID`. */
export async function snapshotRestore(context: Context): Promise<number> {
  const { given } = context
  const [file = ""] = given.args
  const confirm = given.flags.get("confirm")?.[0]
  if (confirm === undefined) {
    throw usageError("snapshot restore needs --confirm CLUSTER_ID: the id of the cluster as it is now", nextHelp(given))
  }
  // What is wrong with the file is said before anybody is asked for anything.
  await checkBackup(file, await reading(file))
  const query = new URLSearchParams({ confirm, timeoutMs: String(timeoutOf(context)) })
  const work = async () => postOctets(pathOf(context, "admin"), `${PATH}?${query}`, await reading(file))
  const header = await withAgent(context, work, { door: "admin", defaultMs: AGREED_MS })
  show(context, file, header as Header)
  context.output.note(
    "Every session was ended: applications open new ones. Nobody is granted anything for one time to live and the longest lock delay.",
  )
  return EXIT.ok
}

async function save(context: Context, file: string): Promise<Header> {
  const octets = await getOctets(pathOf(context, "admin"), `${PATH}?timeoutMs=${timeoutOf(context)}`)
  const check = new BackupCheck("what the agent sent")
  if (file === "-") {
    for await (const bytes of check.through(octets)) await written(bytes)
    return check.finish()
  }
  const beside = `${file}.${randomBytes(6).toString("hex")}.tmp`
  try {
    const made = await open(beside, "wx", FILE_MODE).catch((cause) => refuse(file, cause))
    try {
      for await (const bytes of check.through(octets)) await made.writeFile(bytes)
      const header = check.finish()
      await made.sync()
      await made.close()
      await rename(beside, file).catch((cause) => refuse(file, cause))
      await syncDirectory(dirname(file))
      return header
    } finally {
      await closed(made)
    }
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause
  }
}

function timeoutOf({ given }: Context): number {
  return timeoutMsOf(given, AGREED_MS)
}

async function reading(file: string): Promise<AsyncIterable<Uint8Array>> {
  const about = await stat(file).catch((cause) => refuse(file, cause))
  if (about.isDirectory()) throw new Failure("INVALID_ARGUMENT", `${file} is a directory`, { next: "ls" })
  return createReadStream(file)
}

function written(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (cause) => (cause ? reject(cause) : resolve()))
  })
}

/** A file may be closed already. */
async function closed(file: FileHandle): Promise<void> {
  await file.close().catch(() => {})
}

/** The new name is durable when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r")
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function refuse(file: string, cause: NodeJS.ErrnoException): never {
  const code = cause.code === "ENOENT" ? "NOT_FOUND" : "INVALID_ARGUMENT"
  throw new Failure(code, `${file} cannot be used`, { why: `${cause.message}.`, next: `ls -ld ${dirname(file)}` })
}

function show({ output }: Context, file: string, header: Header): void {
  if (output.isJson) output.json({ ...header, path: file })
  else output.line(`${file}: ${wordsOf(header)}`)
}

function wordsOf({ clusterId, rev, index, term, token, bytes, time }: Header): string {
  const age = formatAge(Math.max(0, Date.now() - Date.parse(time)))
  return `cluster ${clusterId}, revision ${rev}, entry ${index} of term ${term}, last token ${token}, ${bytes} bytes, saved ${age} ago`
}
