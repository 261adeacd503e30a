import { connect } from "@conclave/sdk"
import { countOf, holdOptionsOf } from "./hold/hold-options.ts"
import { exitCodeOf, PassedSignals } from "./hold/passed-signals.ts"
import { WaitNotice } from "./hold/wait-notice.ts"
import { pathOf, withAgent } from "./terminal/agent-link.ts"
import { nextHelp } from "./terminal/arguments.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, usageError } from "./terminal/failure.ts"

/** Whoever waits for longer is told so. */
const NOTICE_MS = 500

/** `barrier NAME --parties N`: waits until so many have come. */
export async function barrier(context: Context): Promise<number> {
  const { given, output } = context
  const name = given.args[0] ?? ""
  const parties = countOf(given, "parties")
  if (parties === undefined) throw usageError("barrier needs --parties N: how many open it", nextHelp(given))
  const { waitMs } = holdOptionsOf(given)
  // Why there is no agent is said at once; one that is away later is waited for.
  await withAgent(context, async () => {})
  const client = await connect({ socket: pathOf(context, "application"), name: "conclave barrier" })
  const signals = new PassedSignals()
  const cancel = new AbortController()
  void signals.end.then(() => cancel.abort())
  const waiting = setTimeout(() => {
    if (client.session.id !== null) output.note(`conclave: waiting at barrier ${name} until ${parties} have come`)
  }, NOTICE_MS)
  const notice = new WaitNotice(context, { isHeard: () => client.session.id !== null, waitMs })
  try {
    const wait = waitMs === Number.POSITIVE_INFINITY ? {} : { waitMs }
    const opened = await client.request("barrier", { name, parties, ...wait }, { signal: cancel.signal })
    if (output.isJson) output.json(opened)
    else
      output.line(`barrier ${name}: open, index ${opened.index}, parties ${parties}, generation ${opened.generation}`)
    return EXIT.ok
  } catch (error) {
    if (signals.first !== undefined && cancel.signal.reason === error) return exitCodeOf(signals.first)
    throw notice.failure(error)
  } finally {
    clearTimeout(waiting)
    notice.close()
    signals.close()
    await client.close()
  }
}
