import { mkdtempSync, rmSync } from "node:fs"
import { request } from "node:http"
import { connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { FrameReader, frame } from "@conclave/base"
import type { Coordination } from "conclave/api/coordination"
import type { Door } from "conclave/api/principal"
import type { SocketWish } from "conclave/config/socket-wish"
import { Journal } from "conclave/journal"
import { NO_KEYRING } from "conclave/keyring/keyring"
import type { Backups } from "conclave/node/backups"
import { openClock } from "conclave/node/clock"
import { type LocalApi, openLocalApi } from "conclave/node/local-api"
import { PATIENCE, type Patience } from "conclave/node/patience"
import { FakeAgent } from "./fake-view.ts"
import { until } from "./node/until.ts"
import { NO_BACKUPS, NO_GROUP, outside } from "./outside.ts"

type Teardown = { readonly teardown: (ended: () => unknown) => void }

/** A fake agent behind the two real sockets. */
export interface LocalStage {
  readonly fake: FakeAgent
  readonly api: LocalApi
  readonly journal: Journal
  readonly directory: string
  readonly path: (door: Door) => string
}

const TESTS: Map<string, Teardown> = new Map()

export function temporaryDirectory(t: Teardown): string {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  TESTS.set(directory, t)
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** At the end of the test that the directory is of, before that goes. */
export function whenDone(directory: string, act: () => unknown): void {
  TESTS.get(directory)?.teardown(act)
}

export async function openStage(
  t: Teardown,
  more: {
    readonly patience?: Partial<Patience>
    readonly directory?: string
    readonly fake?: FakeAgent
    readonly coordination?: Coordination
    /** Further ones, in the directory of the stage. */
    readonly sockets?: (directory: string) => readonly SocketWish[]
    readonly backups?: Pick<Backups, "save" | "restore">
  } = {},
): Promise<LocalStage> {
  const fake = more.fake ?? new FakeAgent()
  const directory = more.directory ?? temporaryDirectory(t)
  const path = (door: Door): string => join(directory, `${door}.sock`)
  const journal = new Journal(fake.view)
  const api = await openLocalApi({
    view: fake.view,
    coordination: more.coordination ?? outside(),
    raft: NO_GROUP,
    keyring: NO_KEYRING,
    clock: openClock(),
    config: { socket: path("application"), adminSocket: path("admin"), sockets: more.sockets?.(directory) ?? [] },
    metrics: { contentType: "text/plain", text: () => Promise.resolve("conclave_members 1\n") },
    backups: more.backups ?? NO_BACKUPS,
    journal,
    patience: { ...PATIENCE, ...more.patience },
  })
  t.teardown(() => api.close())
  return { fake, api, journal, directory, path }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it
  readonly json: any
}

export interface Asked {
  readonly method?: string
  readonly door?: Door
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** One request over HTTP, as any client makes it. */
export function ask(stage: Pick<LocalStage, "path">, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = "GET", door = "application", body, headers = {} } = asked
  return new Promise((resolve, reject) => {
    const isRaw = typeof body === "string" || body === undefined || Buffer.isBuffer(body)
    const text = isRaw ? body : JSON.stringify(body)
    const length = text === undefined ? {} : { "content-length": String(Buffer.byteLength(text)) }
    const all = { ...length, ...headers }
    const options = { socketPath: stage.path(door), path, method, headers: all, agent: false as const }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("end", () => {
        const got = Buffer.concat(chunks).toString("utf8")
        const isJson = response.headers["content-type"] === "application/json"
        const json = isJson && got !== "" ? JSON.parse(got) : undefined
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: got, json })
      })
      response.on("error", reject)
    })
    sent.on("error", reject)
    sent.end(text)
  })
}

/** A connection whose bytes a test writes and reads itself. */
export class RawClient {
  readonly socket: Socket
  received: Buffer = Buffer.alloc(0)
  isClosed: boolean = false
  error: NodeJS.ErrnoException | undefined

  constructor(path: string) {
    this.socket = connect(path)
    this.socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk])
    })
    this.socket.on("error", (error: NodeJS.ErrnoException) => {
      this.error = error
    })
    this.socket.on("close", () => {
      this.isClosed = true
    })
  }

  get text(): string {
    return this.received.toString("utf8")
  }

  write(text: string | Uint8Array): void {
    this.socket.write(text)
  }

  async closed(): Promise<void> {
    await until("the connection closes", () => this.isClosed)
  }

  async says(pattern: RegExp): Promise<void> {
    await until(`it says ${pattern}`, () => pattern.test(this.text))
  }
}

export type Message = Readonly<Record<string, unknown>>

const UPGRADE = "GET /v1/stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: conclave/1\r\n\r\n"

/** A framed client that keeps what it gets. */
export class FramedClient extends RawClient {
  readonly messages: Message[] = []
  readonly #reader: FrameReader = new FrameReader(1024 * 1024)
  #head: Buffer | undefined = Buffer.alloc(0)

  /** `first` frames follow the request for the upgrade at once. */
  constructor(path: string, first: readonly object[] = []) {
    super(path)
    this.socket.on("data", (chunk: Buffer) => this.#take(chunk))
    this.write(Buffer.concat([Buffer.from(UPGRADE), ...first.map(framed)]))
  }

  send(message: object): void {
    this.write(framed(message))
  }

  /** Greets, and waits for the answer. */
  async hello(): Promise<this> {
    this.send({ id: 1, op: "hello", in: { protocol: 1, app: "test", process: null } })
    await this.got((message) => message["id"] === 1)
    return this
  }

  async got(fits: (message: Message) => boolean): Promise<Message> {
    await until("a frame that fits", () => this.messages.some(fits))
    return this.messages.find(fits) ?? {}
  }

  answer(id: number): Promise<Message> {
    return this.got((message) => message["id"] === id && ("out" in message || "error" in message))
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks into them
  events(id: number): any[] {
    return this.messages.filter((message) => message["id"] === id && "ev" in message).map((message) => message["ev"])
  }

  #take(chunk: Buffer): void {
    let rest = chunk
    if (this.#head !== undefined) {
      this.#head = Buffer.concat([this.#head, chunk])
      const end = this.#head.indexOf("\r\n\r\n")
      if (end < 0) return
      rest = this.#head.subarray(end + 4)
      this.#head = undefined
    }
    const bodies = this.#reader.push(rest)
    if (bodies === "oversize") throw new Error("the agent sent a frame over 1 MiB")
    for (const body of bodies) this.messages.push(JSON.parse(Buffer.from(body).toString("utf8")) as Message)
  }
}

export function framed(message: object): Uint8Array {
  return frame(Buffer.from(JSON.stringify(message)))
}
