import { readdirSync, readFileSync } from "node:fs"

/**
 * Whether nothing of a process group runs any more, for certain. Zombies act no more, and nobody may ever collect them;
 * but where /proc cannot be read, or shows no member of a group that has one, somebody may still act.
 */
export function isGroupGone(group: number): boolean {
  if (!isNumbered(group)) return true
  // A member that is born while the others are looked at is seen the second time.
  return isDead(group) && isDead(group)
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

/** Every member is seen, and none lives. */
function isDead(group: number): boolean {
  try {
    const members = numbersIn("/proc").filter((pid) => read(`/proc/${pid}/stat`)?.group === group)
    return members.length > 0 && members.every(isZombie)
  } catch {
    return false
  }
}

/** The first thread may be over while others go on. */
function isZombie(pid: number): boolean {
  if (read(`/proc/${pid}/stat`)?.isLive === true) return false
  return !numbersIn(`/proc/${pid}/task`).some((thread) => read(`/proc/${pid}/task/${thread}/stat`)?.isLive)
}

/**
 * Undefined: it is gone, or another user's that is hidden from us. Throws where nothing is known. The command's name
 * may contain anything; the fields are counted after its closing bracket (proc(5)).
 */
function read(path: string): { readonly isLive: boolean; readonly group: number } | undefined {
  const text = unless(["ENOENT", "ESRCH", "EACCES", "EPERM"], () => readFileSync(path, "latin1"))
  if (text === undefined) return undefined
  const [state = "", , group] = text.slice(text.lastIndexOf(")") + 2).split(" ")
  return { isLive: !/[ZXx]/.test(state), group: Number(group) }
}

function numbersIn(directory: string): readonly number[] {
  const names = unless(["ENOENT", "ESRCH"], () => readdirSync(directory)) ?? []
  return names.map(Number).filter(Number.isSafeInteger)
}

function unless<T>(codes: readonly string[], look: () => T): T | undefined {
  try {
    return look()
  } catch (cause) {
    if (codes.includes((cause as NodeJS.ErrnoException).code ?? "")) return undefined
    throw cause
  }
}
