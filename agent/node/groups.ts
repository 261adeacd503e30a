import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"

const FILE = "/etc/group"
const ASK_MS = 5000

/** The number of a group of this machine; undefined: there is none of that name. */
export function groupId(group: string | number): number | undefined {
  if (typeof group === "number" || /^\d+$/.test(group)) return Number(group)
  return idIn(fileText(), group) ?? idIn(askedOf(group), group)
}

/** group(5): name, password, number, members. */
export function idIn(text: string, group: string): number | undefined {
  const fields = text.split("\n").map((line) => line.split(":"))
  const id = fields.find(([name]) => name === group)?.[2]
  return id === undefined || !/^\d+$/.test(id) ? undefined : Number(id)
}

function fileText(): string {
  try {
    return readFileSync(FILE, "utf8")
  } catch {
    return ""
  }
}

/** Where groups are kept elsewhere, the C library knows (nsswitch.conf(5)), and Node does not ask it. */
function askedOf(group: string): string {
  try {
    return execFileSync("getent", ["group", group], {
      encoding: "utf8",
      timeout: ASK_MS,
      stdio: ["ignore", "pipe", "ignore"],
    })
  } catch {
    return ""
  }
}
