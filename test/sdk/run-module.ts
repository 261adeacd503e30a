import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a module as a process of its own, against the agent at `socket`. */
export async function runModule(source: string, socket: string): Promise<Ran> {
  const args = ["-u", "NODE_OPTIONS", process.execPath, "--input-type=module", "-e", source]
  const child = spawn("/usr/bin/env", args, {
    cwd: join(ROOT, "test"),
    env: { ...process.env, CONCLAVE_SOCKET: socket },
  })
  let [out, err] = ["", ""]
  child.stdout.on("data", (chunk) => {
    out += chunk
  })
  child.stderr.on("data", (chunk) => {
    err += chunk
  })
  const [code] = (await once(child, "close")) as [number | null]
  return { code, out, err }
}

/** The text of the `@example` above a declaration, ready to run. */
export function exampleOf(declaration: string, file = "sdk/client.ts"): string {
  const text = readFileSync(join(ROOT, file), "utf8")
  const comment = text.slice(0, text.indexOf(declaration)).split("@example\n").at(-1) ?? ""
  const lines = (comment.split("*/")[0] ?? "").split("\n").map((line) => line.replace(/^ *\* ?/, ""))
  return `import { connect } from "@conclave/sdk"\n${lines.join("\n")}`
}
