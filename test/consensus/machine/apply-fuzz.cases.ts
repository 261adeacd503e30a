import { Random } from "@conclave/base"
import { decodeCommand, encodeCommand } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { fuzz } from "../../fuzz.ts"
import { damagedValue } from "../../fuzz-values.ts"
import { EVERY_COMMAND } from "./every-command.ts"
import { anyCommand } from "./history.ts"
import { TwinMachines } from "./twin-machines.ts"
import { EVERY_WORK_COMMAND } from "./work/every-work.ts"

/** Entries of one log. */
const ENTRIES = 200
/** Of late: what is damaged stands near what the state is about. */
const SENT = 24

test("whatever a command says that can be read, all that must hold holds, and every machine comes to the same", (t) => {
  const commands = fc.sample(anyCommand, { numRuns: 1000, seed: 1 })
  const corpus = [...EVERY_COMMAND, ...EVERY_WORK_COMMAND].map(encodeCommand)
  const random = new Random(301)
  let machines = new TwinMachines(random)
  let inputs = 0
  const decode = (bytes: Uint8Array): boolean => {
    if (inputs++ % ENTRIES === 0) machines = new TwinMachines(random)
    const sent = machines.next(random.pick(commands))
    corpus[random.below(SENT)] = sent
    const isRead = machines.apply(inputs % 4 === 0 ? sent : inputs % 2 === 0 ? bytes : otherwise(random, sent))
    if (inputs % 16 === 0) machines.compare()
    return isRead
  }
  fuzz(t, 302, { corpus, decode, inGate: 3000 })
  t.end()
})

/** Another command of its kind; the same where no bytes say what came out. */
function otherwise(random: Random, sent: Uint8Array): Uint8Array {
  const decoded = decodeCommand(sent)
  try {
    return decoded.ok ? encodeCommand(damagedValue(random, decoded.command)) : sent
  } catch {
    return sent
  }
}
