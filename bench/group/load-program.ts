import { type Child, signalProcess, startChild } from "../fleet/child.ts"
import type { Order } from "../load/orders.ts"

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** Applications of one server as a process of their own, which carries out orders. */
export class LoadProgram {
  readonly name: string
  readonly server: string
  readonly #child: Child
  readonly #waiting = new Map<number, Waiting>()
  #orders = 0

  constructor(command: readonly string[], place: { readonly name: string; readonly server: string }) {
    this.name = place.name
    this.server = place.server
    this.#child = startChild([...command, place.name], (line) => this.#heard(line))
    void this.#child.exited.then(() => this.#fail(new Error(`${this.name} ended:\n${this.#child.tail()}`)))
  }

  /** Resolves to the program's answer; rejects when it cannot carry out the order, or ends. */
  order<Answer>(order: Order): Promise<Answer> {
    const id = ++this.#orders
    const answered = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#child.write(JSON.stringify({ id, ...order }))
    return answered as Promise<Answer>
  }

  /** SIGKILL, and until the process is gone. Resolves to when it was sent. */
  async kill(): Promise<number> {
    const atMs = performance.now()
    this.#waiting.clear()
    signalProcess(this.#child.pid, "SIGKILL")
    await this.#child.exited
    return atMs
  }

  #heard(line: string): void {
    const told = JSON.parse(line) as { readonly id: number; readonly answer?: unknown; readonly error?: string }
    const waiting = this.#waiting.get(told.id)
    this.#waiting.delete(told.id)
    if (told.error === undefined) waiting?.resolve(told.answer)
    else waiting?.reject(new Error(`${this.name}: ${told.error}`))
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
