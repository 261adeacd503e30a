import { readdirSync, readFileSync } from "node:fs"
import { homedir, hostname } from "node:os"
import type { PathSurroundings } from "./default-paths.ts"

export type FileRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly message: string }

/** What a configuration depends on beside its own text. */
export interface ConfigSurroundings extends PathSurroundings {
  readonly hostname: string
  readonly workingDirectory: string
  readonly read: (path: string) => FileRead
  /** Names in a directory; none when it is absent. Text: why they cannot be read. */
  readonly list: (directory: string) => readonly string[] | string
}

/** This process, as it is. */
export function processSurroundings(): ConfigSurroundings {
  return {
    env: process.env,
    uid: process.getuid?.() ?? -1,
    home: homedir(),
    hostname: hostname(),
    workingDirectory: process.cwd(),
    read: readText,
    list: listNames,
  }
}

function readText(path: string): FileRead {
  try {
    return { kind: "text", text: readFileSync(path, "utf8") }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    return code === "ENOENT" ? { kind: "absent" } : { kind: "unreadable", message }
  }
}

function listNames(directory: string): readonly string[] | string {
  try {
    return readdirSync(directory)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    return code === "ENOENT" ? [] : message
  }
}
