import type { ConfigSurroundings } from "conclave/config/surroundings"

/** A machine that has these files and nothing else. */
export function machine(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
  uid = 1000,
): ConfigSurroundings {
  return {
    env,
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
