import type { ConfigProblem, Entry, SourceRead } from "./problem.ts"
import type { ConfigSurroundings } from "./surroundings.ts"
import { readYaml } from "./yaml-source.ts"

export interface FilesRead extends SourceRead {
  /** Every file that was read, weakest first. */
  readonly files: readonly string[]
}

/**
 * Reads the configuration file and, over it, `conf.d/*.yaml` beside it in the order of their names. Only a file that
 * was asked for must exist.
 */
export function readFiles(around: ConfigSurroundings, file: string, isAskedFor: boolean): FilesRead {
  const entries: Entry[] = []
  const problems: ConfigProblem[] = []
  const files: string[] = []
  const take = (path: string, mustExist: boolean): void => {
    const read = around.read(path)
    if (read.kind === "absent") {
      if (mustExist) problems.push({ file: path, key: "", message: "there is no such file" })
      return
    }
    if (read.kind === "unreadable") {
      problems.push({ file: path, key: "", message: `cannot be read: ${read.message}` })
      return
    }
    files.push(path)
    const source = readYaml(path, read.text)
    entries.push(...source.entries)
    problems.push(...source.problems)
  }
  take(file, isAskedFor)
  const beside = `${file.slice(0, Math.max(0, file.lastIndexOf("/")))}/conf.d`
  const names = around.list(beside)
  if (typeof names === "string") problems.push({ file: beside, key: "", message: `cannot be read: ${names}` })
  else for (const name of [...names].sort()) if (/^[^.].*\.yaml$/.test(name)) take(`${beside}/${name}`, true)
  return { entries, problems, files }
}
