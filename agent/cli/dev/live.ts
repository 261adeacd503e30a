import type { Random } from "@conclave/base"
import type { Fleet } from "../fleet/fleet.ts"
import { askGroup } from "./group.ts"
import { Screen } from "./screen.ts"
import { DEMO } from "./stage.ts"

/** Plays with the fleet by keys until `q`. */
export async function playLive(
  fleet: Fleet,
  random: Random,
  options: { readonly color: boolean; readonly quit: AbortSignal },
): Promise<void> {
  const screen = new Screen(fleet, options.color)
  const { stdin } = process
  stdin.setRawMode(true)
  stdin.resume()
  try {
    await new Promise<void>((quit) => {
      options.quit.addEventListener("abort", () => quit(), { once: true })
      let busy: Promise<void> = Promise.resolve()
      stdin.on("data", (chunk: Buffer) => {
        for (const key of chunk.toString("latin1")) {
          if (key === "q" || key === "\u0003") return quit()
          // One thing at a time, in the order of the keys.
          busy = busy
            .then(() => press(key, { fleet, random, screen }))
            .catch((error: Error) => screen.did(error.message, ""))
        }
      })
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    screen.close()
  }
}

interface Table {
  readonly fleet: Fleet
  readonly random: Random
  readonly screen: Screen
}

async function press(key: string, { fleet, random, screen }: Table): Promise<void> {
  const pick = (names: readonly string[]): string | undefined => (names.length === 0 ? undefined : random.pick(names))
  switch (key) {
    case "k": {
      const name = pick(fleet.running)
      if (name === undefined) return
      screen.did("kill -9", name)
      return await killHost(fleet, name)
    }
    case "h": {
      const holder = fleet.apps.holder(DEMO)
      if (holder === undefined) return
      screen.killedHolder(holder)
      return fleet.apps.kill(holder.agent)
    }
    case "l": {
      const leader = (await askGroup(fleet))?.leader
      if (leader === undefined || fleet.state(leader) === "gone") return
      screen.did("kill -9 the leader", leader)
      return await killHost(fleet, leader)
    }
    case "s": {
      const name = pick(fleet.running)
      if (name === undefined) return
      screen.did("SIGSTOP", name)
      return fleet.stop(name)
    }
    case "c": {
      const name = pick(fleet.running)
      if (name === undefined) return
      screen.did("cut the network around", name)
      return await fleet.cut([...fleet.cutOff, name])
    }
    case "r":
      return await revive(fleet, screen)
    case "a": {
      const name = `n${fleet.names.length + 1}`
      screen.did("start", name)
      await fleet.add(name)
      return fleet.startApp(name)
    }
    default:
      return
  }
}

/** As if the host were gone: nobody is left to say that its application is. */
async function killHost(fleet: Fleet, name: string): Promise<void> {
  const killed = fleet.kill(name)
  fleet.apps.kill(name)
  await killed
}

/** Undoes everything: continues what is stopped, heals what is cut, starts what is gone. */
async function revive(fleet: Fleet, screen: Screen): Promise<void> {
  for (const name of fleet.names) {
    if (fleet.state(name) === "stopped") {
      screen.did("SIGCONT", name)
      fleet.continue(name)
    }
  }
  if (fleet.cutOff.size > 0) {
    for (const name of fleet.cutOff) screen.did("heal the network around", name)
    await fleet.cut([])
  }
  for (const name of fleet.names) {
    if (fleet.state(name) !== "gone") continue
    screen.did("start again", name)
    await fleet.restart(name)
  }
  for (const name of fleet.names) if (!fleet.apps.isRunning(name)) fleet.startApp(name)
}
