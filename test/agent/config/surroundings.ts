import type { ConfigSurroundings } from "conclave/config/surroundings"

/** How an agent is told of its keys, without which it does not start. */
const SEALED = { CONCLAVE_GOSSIP_KEY_FILE: "/keys/gossip.key", CONCLAVE_JOIN_KEY_FILE: "/keys/join.key" }
/** The environment of one that is told of none. */
export const KEYLESS = { CONCLAVE_GOSSIP_KEY_FILE: "", CONCLAVE_JOIN_KEY_FILE: "" }

/** A machine that has these files, an environment that names keys, and nothing else. */
export function machine(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
  uid = 1000,
): ConfigSurroundings {
  return {
    env: { ...SEALED, ...env },
    uid,
    home: "/home/u",
    hostname: "host-1",
    workingDirectory: "/work dir",
    read: (path) => {
      const text = files[path]
      return text === undefined ? { kind: "absent" } : { kind: "text", text }
    },
    list: (directory) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${directory}/`))
      return below.map((path) => path.slice(directory.length + 1))
    },
  }
}

export const CONFIG_FILE = "/home/u/.config/conclave/conclave.yaml"
