import { readdirSync, readFileSync } from "node:fs"

/** Whether nothing of a process group runs any more. Zombies act no more, and nobody may ever collect them. */
export function isGroupGone(group: number): boolean {
  if (!isNumbered(group)) return true
  // A member that is born while the others are looked at is seen the second time.
  return !hasLiveMember(group) && !hasLiveMember(group)
}

/** Nothing happens where the group is gone. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause
  }
}

/** EPERM says that there is one, of somebody else: a member that runs as another user by now. */
function isNumbered(group: number): boolean {
  try {
    process.kill(-group, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== "ESRCH"
  }
}

function hasLiveMember(group: number): boolean {
  return numbersIn("/proc").some((pid) => {
    const stat = read(`/proc/${pid}/stat`)
    if (stat?.group !== group) return false
    // The first thread may be over while others go on.
    return (
      stat.isLive || numbersIn(`/proc/${pid}/task`).some((thread) => read(`/proc/${pid}/task/${thread}/stat`)?.isLive)
    )
  })
}

/** The command's name may contain anything; the fields are counted after its closing bracket (proc(5)). */
function read(path: string): { readonly isLive: boolean; readonly group: number } | undefined {
  try {
    const text = readFileSync(path, "latin1")
    const [state = "", , group] = text.slice(text.lastIndexOf(")") + 2).split(" ")
    return { isLive: !/[ZXx]/.test(state), group: Number(group) }
  } catch {
    return undefined
  }
}

function numbersIn(directory: string): readonly number[] {
  try {
    return readdirSync(directory).map(Number).filter(Number.isSafeInteger)
  } catch {
    return []
  }
}
