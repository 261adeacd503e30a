import { hashText } from "@conclave/base"
import type { Disk } from "../ports.ts"

/** A file of one line behind the hash of its text, replaced as a whole. */
export function hashedLine(text: string): Uint8Array {
  return new TextEncoder().encode(`${hashText(text).toString(16)} ${text}\n`)
}

/** `problem`: the file is there, and what it said is not known. `read` gets the object that its JSON says. */
export function readHashedLine<Value>(
  disk: Disk,
  file: string,
  read: (said: Readonly<Record<string, unknown>>) => Value | undefined,
): { readonly value?: Value; readonly problem: string | undefined } {
  const unreadable = (why: string): { readonly problem: string } => ({ problem: `${file} cannot be read: ${why}` })
  let bytes: Uint8Array | undefined
  try {
    bytes = disk.read(file)
  } catch (cause) {
    return unreadable((cause as Error).message)
  }
  if (bytes === undefined) return { problem: undefined }
  const [, hash, text] = /^([0-9a-f]+) (.*)\n$/.exec(new TextDecoder().decode(bytes)) ?? []
  if (text === undefined || hash !== hashText(text).toString(16)) return unreadable("it is damaged")
  const said = objectOf(text)
  const value = said === undefined ? undefined : read(said)
  return value === undefined ? unreadable("it is not what this program writes") : { value, problem: undefined }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
