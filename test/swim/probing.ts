import { idOf, Stage, type StageOptions } from "./stage.ts"

/** A stage whose probe of a silent member has just begun. */
export function probing(options: StageOptions = {}): { stage: Stage; nonce: number; target: number } {
  const stage = new Stage(options)
  stage.answering = false
  stage.until(() => stage.sent("ping").length > 0, 5000)
  const ping = stage.sent("ping")[0]
  if (ping === undefined) throw new Error("a ping was sent")
  const target = [...Array(20).keys()].find((index) => idOf(index) === ping.message.target) ?? 0
  stage.take()
  return { stage, nonce: ping.message.nonce, target }
}

export function answer(stage: Stage, kind: "ack" | "nack", from: number, nonce: number): void {
  stage.message(from, { kind, from: idOf(from), nonce, digest: 0, updates: [] })
}

/** The accusations that this member made itself. */
export function accusations(stage: Stage): string[] {
  return stage
    .of("memberChanged")
    .filter(({ change }) => change === "suspect")
    .map(({ after }) => after?.id ?? "")
}
