import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** The commit of the clone that this program was built in; null in an installed package. */
export function commitOf(): string | null {
  // Beside the package's own folder, seen from the bundle and from the compiler's output.
  for (const up of ["../../.git", "../../../.git"]) {
    const git = fileURLToPath(new URL(up, import.meta.url))
    const head = read(`${git}/HEAD`)
    if (head !== undefined) return headCommit(git, head)
  }
  return null
}

function headCommit(git: string, head: string): string | null {
  const ref = /^ref: (\S+)/.exec(head)?.[1]
  if (ref === undefined) return /^[0-9a-f]{40}/.exec(head)?.[0] ?? null
  const loose = read(`${git}/${ref}`)
  if (loose !== undefined) return loose.trim()
  const packed = read(`${git}/packed-refs`)?.split("\n")
  return packed?.find((line) => line.endsWith(` ${ref}`))?.slice(0, 40) ?? null
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}
