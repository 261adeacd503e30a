import type { NodeId } from "@conclave/base"
import { type FoundingAnswer, type FoundingAsk, isClusterId } from "@conclave/consensus"
import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { readCall } from "../../streams/call-reader.ts"

const ASKS: readonly FoundingAsk["kind"][] = ["propose", "verdict"]
const ANSWERS: readonly FoundingAnswer["kind"][] = [
  ...(["pledged", "busy", "outranked", "differs"] as const),
  ...(["cluster", "open", "aborted", "unknown"] as const),
]

/** What others say is kept and shown: no more of it than honest ones say. */
const LINE_CHARACTERS_MAX = 64
const NAME_CHARACTERS_MAX = 255

/** A question, and whom it is for. */
export interface AskTo {
  readonly to: NodeId
  readonly ask: FoundingAsk
}

export function encodeAsk({ to, ask }: AskTo): Uint8Array {
  const { kind, line, number } = ask
  const expects = kind === "propose" ? ask.expects : 0
  const wire = { what: ASKS.indexOf(kind) + 1, to, line, number, expects }
  return calls.FoundingAsk.encode(wire, new protobuf.Writer()).finish()
}

/** undefined for what nobody asks. Total, whatever the bytes. */
export function decodeAsk(bytes: Uint8Array): AskTo | undefined {
  return readCall(bytes, calls.FoundingAsk, ({ what, to, line, number, expects }) => {
    const kind = ASKS[(what ?? 0) - 1]
    if (kind === undefined || number == null || (line ?? "").length > LINE_CHARACTERS_MAX) return undefined
    const attempt = { line: line ?? "", number }
    const ask: FoundingAsk = kind === "verdict" ? { kind, ...attempt } : { kind, expects: expects ?? 0, ...attempt }
    return { to: (to ?? "") as NodeId, ask }
  })
}

export function encodeFoundingAnswer(answer: FoundingAnswer): Uint8Array {
  const wire = {
    what: ANSWERS.indexOf(answer.kind) + 1,
    by: answer.kind === "outranked" ? answer.by : "",
    expects: answer.kind === "differs" ? answer.expects : 0,
    cluster: answer.kind === "cluster" ? answer.cluster : "",
  }
  return calls.FoundingAnswer.encode(wire, new protobuf.Writer()).finish()
}

/** undefined for what nobody answers, and for what a later version does. */
export function decodeFoundingAnswer(bytes: Uint8Array): FoundingAnswer | undefined {
  return readCall(bytes, calls.FoundingAnswer, ({ what, by, expects, cluster }): FoundingAnswer | undefined => {
    const kind = ANSWERS[(what ?? 0) - 1]
    switch (kind) {
      case "outranked":
        return { kind, by: (by ?? "").slice(0, NAME_CHARACTERS_MAX) }
      case "differs":
        return { kind, expects: expects ?? 0 }
      case "cluster":
        return isClusterId(cluster ?? "") ? { kind, cluster: cluster as never } : undefined
      default:
        return kind === undefined ? undefined : { kind }
    }
  })
}
