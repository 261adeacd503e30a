import type { MachineLimits } from "@conclave/consensus/machine/limits"
import type { SocketWish } from "conclave/config/socket-wish"
import { Coordinator } from "conclave/coordination/coordinator"
import { openClock } from "conclave/node/clock"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import { FramedClient, type LocalStage, openStage, RawClient } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { LoneCluster } from "./lone-cluster.ts"

/** Of a token, or a revision. */
export const TOKEN: RegExp = /^[1-9]\d*$/

type Teardown = { readonly teardown: (ended: () => unknown) => void }

export interface HoldStage extends LocalStage {
  readonly cluster: LoneCluster
  readonly coordinator: Coordinator
}

/** Real sockets before the real state machine, with a log of one. */
export async function openHoldStage(
  t: Teardown,
  ttlMs = 10_000,
  limits: Partial<MachineLimits> = {},
  sockets: (directory: string) => readonly SocketWish[] = () => [],
): Promise<HoldStage> {
  const clock = openClock()
  const cluster = new LoneCluster(clock, true, limits)
  const processes = openProcesses()
  const coordinator = new Coordinator({
    cluster,
    clock,
    secrets: openSecrets(),
    processes,
    member: () => "a",
    ttlMs,
    audit: () => {},
    tell: () => {},
  })
  const stage = await openStage(t, { coordination: coordinator, sockets })
  t.teardown(() => {
    coordinator.stop()
    cluster.stop()
  })
  return { ...stage, cluster, coordinator }
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into them
type Lines = any[]

/** A hold as `curl -N` asks for it. */
export class CurlHold extends RawClient {
  constructor(path: string, target: string, body: object = {}) {
    super(path)
    const text = JSON.stringify(body)
    this.write(
      `POST /v1/hold/${target} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    )
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.text)?.[1] ?? 0)
  }

  /** The lines of JSON so far, out of their chunks. */
  get lines(): Lines {
    const body = this.text.slice(this.text.indexOf("\r\n\r\n") + 4)
    return body
      .split(/\r?\n/)
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line))
  }

  of(type: string): Lines {
    return this.lines.filter((line) => line.type === type)
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it
  async first(type: string): Promise<any> {
    await until(`the line ${type}`, () => this.of(type).length > 0)
    return this.of(type)[0]
  }
}

/** A framed client with a session. */
export class SessionClient extends FramedClient {
  #id = 1
  session: { readonly id: string; readonly secret: string; readonly validForMs: number } = {
    id: "",
    secret: "",
    validForMs: 0,
  }

  static async open(path: string, process: object | null = null): Promise<SessionClient> {
    const client = await SessionClient.greet(path, process)
    const answer = await client.ask("session.open")
    client.session = answer["out"] as SessionClient["session"]
    return client
  }

  static async greet(path: string, process: object | null = null): Promise<SessionClient> {
    const client = new SessionClient(path)
    client.send({ id: 1, op: "hello", in: { protocol: 1, app: "test", process } })
    await client.answer(1)
    return client
  }

  /** `more`: what stands beside `seq` in the frame. */
  start(op: string, input: object = {}, seq?: number, more: object = {}): number {
    const id = ++this.#id
    this.send({ id, op, in: input, ...(seq === undefined ? {} : { seq }), ...more })
    return id
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it
  ask(op: string, input: object = {}, seq?: number, more: object = {}): Promise<any> {
    return this.answer(this.start(op, input, seq, more))
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it
  async event(id: number, type: string): Promise<any> {
    await until(`the event ${type}`, () => this.events(id).some((event) => event.type === type))
    return this.events(id).find((event) => event.type === type)
  }
}
