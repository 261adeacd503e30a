import { join } from "node:path"
import { sharedKeys } from "../key-files.ts"
import { LAUNCHER, Program } from "../program.ts"

export interface StartedAgent {
  readonly program: Program
  readonly name: string
  readonly socket: string
  readonly pid: number
  readonly addr: string
}

/** Where an agent runs: a command that runs what follows it there, and the address that it has there. */
export interface Place {
  readonly enter: readonly string[]
  readonly bind: string
}

const LOOPBACK: Place = { enter: [], bind: "127.0.0.1:0" }

export interface StartOptions {
  readonly folder: string
  readonly name: string
  readonly place?: Place
  /** Default `local`, whose sessions live for two seconds without their agent. */
  readonly profile?: "local" | "lan"
}

/** Resolves when the agent is ready; it ends with its test at the latest. */
export async function startAgent(
  t: ConstructorParameters<typeof Program>[0],
  { folder, name, place = LOOPBACK, profile = "local" }: StartOptions,
  ...more: readonly string[]
): Promise<StartedAgent> {
  const home = join(folder, name)
  const socket = join(home, "a.sock")
  const program = new Program(t, [
    ...[...place.enter, process.execPath, LAUNCHER],
    ...["agent", "--config", "/dev/null", ...sharedKeys(folder), "--bind", place.bind, "--profile", profile],
    ...["--name", name, "--data-dir", join(home, "data"), "--socket", socket, "--admin-socket", join(home, "b.sock")],
    ...(more.includes("--http-addr") ? [] : ["--http-addr", "off"]),
    ...["--log-format", "json", ...more],
  ])
  const { pid, addr } = JSON.parse(await program.line((line) => line.includes('"agent.ready"')))
  return { program, name, socket, pid, addr }
}
