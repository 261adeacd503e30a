import { createServer, type Socket } from "node:net"
import { join } from "node:path"
import { FrameReader } from "@conclave/base"
import { framed, temporaryDirectory } from "../agent/local-stage.ts"

type Teardown = Parameters<typeof temporaryDirectory>[0]
type Fields = Record<string, unknown>

interface Frame {
  readonly id: number
  readonly op: string
  readonly in: Fields
  readonly seq?: number
}

interface Entry {
  readonly session: string
  readonly seq: number
  readonly in: Fields
  readonly names: readonly string[]
  token: number
  say: (message: object) => void
  timer: NodeJS.Timeout | undefined
}

const HEAD = "HTTP/1.1 101 Switching Protocols\r\n\r\n"

/**
 * Sessions and holds behind one Unix socket, in memory: what the frames of the contract promise, and ways to break it.
 */
export class FakeCluster {
  readonly path: string
  ttlMs: number = 10_000
  heartbeatMs: number = 25
  /** Operations that get no answer. */
  readonly mute: Set<string> = new Set()
  /** Operations that are done, and whose connection breaks before the answer. */
  readonly cutAfter: Set<string> = new Set()
  /** Operations that are refused with this code, and nothing is done. */
  readonly refuse: Map<string, string> = new Map()
  /** Every operation that came, in order. */
  readonly seen: Frame[] = []
  readonly queue: Entry[] = []
  readonly #sessions: Map<string, string> = new Map()
  readonly #results: Map<string, object> = new Map()
  readonly #watchers: Set<{ readonly kind: string; readonly name: string; readonly say: (message: object) => void }> =
    new Set()
  /** Of each connection, the holds by the number of their frame. */
  readonly #sockets: Map<Socket, Map<number, { readonly session: string; readonly seq: number }>> = new Map()
  #last = 0
  #rev = 0

  constructor(path: string) {
    this.path = path
  }

  static async open(t: Teardown): Promise<FakeCluster> {
    const cluster = new FakeCluster(join(temporaryDirectory(t), "fake.sock"))
    const server = createServer((socket) => cluster.#serve(socket))
    await new Promise<void>((resolve) => server.listen(cluster.path, resolve))
    t.teardown(() => {
      for (const { timer } of cluster.queue) clearTimeout(timer)
      cluster.cut()
      return new Promise((resolve) => server.close(resolve))
    })
    return cluster
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.destroy()
  }

  goaway(): void {
    for (const socket of this.#sockets.keys()) socket.write(framed({ goaway: { reason: "restart", deadlineMs: 1000 } }))
  }

  count(op: string): number {
    return this.seen.filter((each) => each.op === op).length
  }

  /** Who holds a name, by token. */
  holders(name: string): number[] {
    return this.queue.filter(({ token, names }) => token > 0 && names.includes(name)).map(({ token }) => token)
  }

  /** The service ends a session by itself. */
  endSession(): void {
    for (const id of this.#sessions.keys()) this.#endSession(id)
  }

  ask(name: string, deadlineMs: number | null): void {
    for (const entry of this.queue)
      if (entry.token > 0 && entry.names.includes(name))
        entry.say({ ev: { type: "revoking", token: String(entry.token), by: "op", reason: "drain", deadlineMs } })
  }

  revoke(name: string): void {
    for (const { entry, error } of this.#revoke(name)) {
      entry.say({ ev: { type: "lost", token: String(entry.token), reason: "revoked" } })
      entry.say(error)
    }
  }

  /** The holder's agent lags: nobody is told before the release is asked for. */
  revokeUnheard(name: string): void {
    for (const { entry, error } of this.#revoke(name)) this.#results.set(`${entry.session} ${entry.seq}`, error)
  }

  #revoke(name: string): { readonly entry: Entry; readonly error: object }[] {
    const error = { error: { code: "GRANT_LOST", outcome: "not-applied", details: { reason: "revoked" } } }
    const held = this.queue.filter(({ token, names }) => token > 0 && names.includes(name))
    for (const entry of held) this.#remove(entry)
    return held.map((entry) => ({ entry, error }))
  }

  #serve(socket: Socket): void {
    this.#sockets.set(socket, new Map())
    const reader = new FrameReader(1024 * 1024)
    let isUpgraded = false
    const connection = { session: "" }
    socket.on("error", () => {})
    socket.on("close", () => this.#sockets.delete(socket))
    socket.on("data", (chunk: Buffer) => {
      let rest = chunk
      if (!isUpgraded) {
        isUpgraded = true
        socket.write(HEAD)
        rest = chunk.subarray(chunk.indexOf("\r\n\r\n") + 4)
      }
      const bodies = reader.push(rest)
      if (bodies === "oversize") throw new Error("a frame over 1 MiB")
      for (const body of bodies) this.#frame(JSON.parse(Buffer.from(body).toString("utf8")), socket, connection)
    })
  }

  #frame(frame: Frame & { readonly end?: boolean }, socket: Socket, connection: { session: string }): void {
    const say = (message: object): void => {
      if (!socket.destroyed) socket.write(framed({ id: frame.id, ...message }))
    }
    if (frame.end === true) return this.#end(frame.id, socket)
    if (frame.op === undefined) return
    this.seen.push(frame)
    const code = this.refuse.get(frame.op)
    if (code !== undefined) return say({ error: { code, message: code, outcome: "not-applied", retryable: true } })
    const isCut = this.cutAfter.delete(frame.op)
    const isMute = this.mute.has(frame.op)
    const answer = (message: object): void => {
      if (isCut) socket.destroy()
      else if (!isMute) say(message)
    }
    if (frame.op === "hold") return this.#hold(frame, { socket, answer, session: connection.session })
    const key = `${connection.session} ${frame.seq}`
    const stored = frame.seq === undefined ? undefined : this.#results.get(key)
    const result = stored ?? this.#do(frame, connection, say)
    if (result === undefined) return
    if (frame.seq !== undefined) this.#results.set(key, result)
    answer("error" in result && frame.seq !== undefined ? { ...result, seq: frame.seq } : result)
  }

  #do({ op, in: input }: Frame, connection: { session: string }, say: (message: object) => void): object | undefined {
    switch (op) {
      case "hello":
        return {
          out: {
            protocol: 1,
            agent: { name: "a", id: "x", version: "1" },
            heartbeatMs: this.heartbeatMs,
            ttlMs: this.ttlMs,
          },
        }
      case "session.open": {
        if (connection.session !== "") return refusal("CONFLICT")
        const id = `session-${++this.#last}`
        this.#sessions.set(id, `secret-${this.#last}`)
        connection.session = id
        return { out: { id, secret: this.#sessions.get(id), validForMs: this.ttlMs } }
      }
      case "session.attach":
        if (this.#sessions.get(String(input["id"])) !== input["secret"]) return refusal("SESSION_LOST")
        connection.session = String(input["id"])
        return { out: { validForMs: this.ttlMs } }
      case "session.close":
        this.#endSession(connection.session)
        return { out: { rev: String(this.#rev) } }
      case "heartbeat":
        if (!this.#sessions.has(connection.session)) return refusal("SESSION_LOST")
        return { out: { validForMs: this.ttlMs, rev: String(this.#rev) } }
      case "session.bind":
      case "session.unbind":
        return { out: {} }
      case "hold.update":
      case "hold.transfer":
        return this.#write(op, input)
      case "kv.put":
        return { out: { rev: String(++this.#rev) } }
      case "hold.get":
        return { out: this.#item(String(input["kind"]), String(input["name"])) }
      case "watch": {
        const [kind, name] = [String(input["kind"]), String(input["name"])]
        this.#watchers.add({ kind, name, say })
        if (input["from"] === undefined || input["from"] !== String(this.#rev))
          say({ ev: { type: "view", rev: String(this.#rev), items: [this.#item(kind, name)] } })
        return undefined
      }
      default:
        return refusal("NOT_FOUND")
    }
  }

  #write(op: string, input: Fields): object {
    const entry = this.queue.find(({ token }) => String(token) === input["token"])
    if (entry === undefined) return refusal("GRANT_LOST")
    if (op === "hold.update") Object.assign(entry.in, { value: input["value"], note: input["note"] })
    else {
      if (!this.queue.some(({ token, names }) => token === 0 && names.includes(String(input["name"]))))
        return refusal("CONFLICT")
      this.#remove(entry)
      entry.say({ ev: { type: "lost", token: String(entry.token), reason: "transferred" } })
      entry.say({ error: { code: "GRANT_LOST", outcome: "not-applied", details: { reason: "transferred" } } })
      this.#grant()
    }
    this.#changed()
    return { out: { rev: String(this.#rev) } }
  }

  #hold(
    { id, in: input, seq = 0 }: Frame,
    by: { readonly socket: Socket; readonly answer: (message: object) => void; readonly session: string },
  ): void {
    const { socket, answer, session } = by
    const say = (message: object): void => answer({ id, ...message })
    if (!this.#sessions.has(session)) return say(refusal("SESSION_LOST"))
    this.#sockets.get(socket)?.set(id, { session, seq })
    const ended = this.#results.get(`${session} ${seq}`)
    if (ended !== undefined) return say(ended)
    const known = this.queue.find((each) => each.session === session && each.seq === seq)
    if (known !== undefined) {
      known.say = say
      if (known.token > 0) say({ ev: { type: "granted", token: String(known.token), rev: "1", validForMs: 1 } })
      return
    }
    const names = [String(input["name"]), ...((input["names"] as string[] | undefined) ?? [])]
    const entry: Entry = { session, seq, in: input, names, token: 0, say, timer: undefined }
    this.queue.push(entry)
    this.#grant()
    if (entry.token > 0) return
    const timedOut = (): void => {
      this.#remove(entry)
      this.#results.set(`${session} ${seq}`, refusal("WAIT_TIMEOUT"))
      entry.say(refusal("WAIT_TIMEOUT"))
    }
    if (input["waitMs"] === 0) return timedOut()
    if (typeof input["waitMs"] === "number") entry.timer = setTimeout(timedOut, input["waitMs"])
    entry.say({ ev: { type: "queued", position: this.queue.indexOf(entry) + 1, holders: [] } })
  }

  #end(id: number, socket: Socket): void {
    const stream = this.#sockets.get(socket)?.get(id)
    if (stream === undefined) return
    const { session, seq } = stream
    const entry = this.queue.find((each) => each.session === session && each.seq === seq)
    if (entry === undefined) {
      const ended = this.#results.get(`${session} ${seq}`)
      if (ended !== undefined) socket.write(framed({ id, ...ended }))
      return
    }
    this.#remove(entry)
    const result = { out: { released: entry.token > 0, rev: String(this.#rev) } }
    this.#results.set(`${session} ${seq}`, result)
    this.#grant()
    if (this.cutAfter.delete("end")) socket.destroy()
    else if (!this.mute.has("end")) entry.say(result)
  }

  #grant(): void {
    for (const entry of this.queue) {
      if (entry.token > 0) continue
      const before = this.queue.slice(0, this.queue.indexOf(entry))
      const isShared = (each: Entry): boolean => each.in["mode"] === "shared"
      const isFree = (name: string): boolean =>
        before.every((each) => !each.names.includes(name) || (isShared(each) && isShared(entry)))
      if (!entry.names.every(isFree)) continue
      clearTimeout(entry.timer)
      entry.token = ++this.#last
      entry.say({ ev: { type: "granted", token: String(entry.token), rev: String(this.#rev), validForMs: 1 } })
    }
    this.#changed()
  }

  #remove(entry: Entry): void {
    clearTimeout(entry.timer)
    const at = this.queue.indexOf(entry)
    if (at >= 0) this.queue.splice(at, 1)
    this.#changed()
  }

  #endSession(id: string): void {
    this.#sessions.delete(id)
    for (const entry of this.queue.filter(({ session }) => session === id)) this.#remove(entry)
    this.#grant()
  }

  #changed(): void {
    this.#rev++
    for (const { kind, name, say } of this.#watchers)
      say({ ev: { type: "change", rev: String(this.#rev), changes: [{ type: "put", item: this.#item(kind, name) }] } })
  }

  #item(kind: string, name: string): object {
    const holders = this.queue
      .filter(({ token, names }) => token > 0 && names.includes(name))
      .map(({ token, session, in: { value } }) => ({ token: String(token), session, value }))
    return { kind, name, rev: String(this.#rev), holders, waiters: [], history: [] }
  }
}

function refusal(code: string): { readonly error: object } {
  return { error: { code, message: code, outcome: "not-applied", retryable: false, details: { reason: code } } }
}
