import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"

interface Teardown {
  readonly teardown: (ended: () => unknown) => void
}

/**
 * `fresh` makes a network namespace and gives it as `$new`, a process in it. All of them read the test's end of one
 * pipe, and go when that is closed, however the test ended.
 */
const FRESH = `
  exec 3<&0
  fresh() {
    unshare --net cat <&3 > /dev/null &
    new=$!
    until [ "$(readlink /proc/$new/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do :; done
  }
  inside() { nsenter --target "$1" --net sh -ec "$2"; }`

/**
 * Runs a script in a network of its own that makes others; the processes that its `hosts` names, its own first.
 * undefined where the machine has no such namespaces, or lacks `ip` or `nft`; that is said loudly.
 */
export async function openNamespaces(
  t: Teardown,
  { script, args, what }: { readonly script: string; readonly args: readonly string[]; readonly what: string },
): Promise<readonly number[] | undefined> {
  const all = `${FRESH}\n${script}\necho "$$ $hosts"\nexec cat <&3 > /dev/null`
  const child = spawn("unshare", ["--map-root-user", "--net", "sh", "-ec", all, "sh", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  t.teardown(() => child.stdin.end())
  const line = await firstLine(child)
  if (line !== undefined) return line.trim().split(/\s+/).map(Number)
  console.error(`SKIPPED: ${what} needs network namespaces; on Debian: apt-get install nftables iproute2`)
  return undefined
}

/** What runs the command behind it where that process is. */
export function inside(pid: number): readonly string[] {
  return ["nsenter", "--target", String(pid), "--user", "--net", "--preserve-credentials"]
}

/** undefined when the program cannot start or ends without one. */
function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(undefined))
    if (child.stdout !== null)
      createInterface({ input: child.stdout })
        .once("line", resolve)
        .once("close", () => resolve(undefined))
  })
}
