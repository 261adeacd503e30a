/** What an observer says of a subject. `accused` is a bare log line of suspicion, no lasting state. */
export type Verdict = "alive" | "suspect" | "dead" | "left" | "gone" | "accused"

/** One line of one agent, stamped on arrival by the one clock of the bench. */
export interface Observation {
  /** `performance.now()` of the bench's process. */
  readonly atMs: number
  readonly observer: string
  readonly subject: string
  readonly verdict: Verdict
  /** True for a row of a first view: the observer's state, not a change of it. */
  readonly initial: boolean
  /** Generation × 2³² + incarnation of the subject, where the system tells it. */
  readonly inc?: string
}
