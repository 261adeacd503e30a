import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { fileURLToPath } from "node:url"

/** The commit of the clone that this program was built in; null in an installed package. */
export function commitOf(): string | null {
  // Beside the package's own folder, seen from the bundle and from the compiler's output.
  for (const up of ["../../.git", "../../../.git"]) {
    const commit = headOf(fileURLToPath(new URL(up, import.meta.url)))
    if (commit !== undefined) return commit
  }
  return null
}

/** What is checked out beside `dot`, a clone's `.git`; null = nothing yet, undefined = no clone. */
export function headOf(dot: string): string | null | undefined {
  // In a worktree it is a file that says where the folder is (gitrepository-layout(5)).
  const pointer = /^gitdir: (.+)$/m.exec(read(dot) ?? "")?.[1]
  const git = pointer === undefined ? dot : resolve(dirname(dot), pointer)
  const head = read(`${git}/HEAD`)
  return head === undefined ? undefined : headCommit(git, head)
}

function headCommit(git: string, head: string): string | null {
  const ref = /^ref: (\S+)/.exec(head)?.[1]
  if (ref === undefined) return /^[0-9a-f]{40}/.exec(head)?.[0] ?? null
  // A worktree has a HEAD of its own, the branches are with the clone.
  const shared = resolve(git, read(`${git}/commondir`)?.trim() ?? ".")
  const loose = read(`${shared}/${ref}`)
  if (loose !== undefined) return loose.trim()
  const packed = read(`${shared}/packed-refs`)?.split("\n")
  return packed?.find((line) => line.endsWith(` ${ref}`))?.slice(0, 40) ?? null
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}
