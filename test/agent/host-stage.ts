import type { Addr } from "@conclave/base"
import { raftConfig } from "@conclave/consensus"
import { type Message, type StreamReply, type StreamRequest, swimConfig, type Update } from "@conclave/swim"
import type { MemberChanged } from "conclave/api/view"
import { wireCodec } from "conclave/gossip/swim-codec"
import { Host } from "conclave/host"
import type { Fatal, HostConfig } from "conclave/host-config"
import type { Clock, LogLevel, Ports, RequestResult } from "conclave/ports"
import { addrOf, idOf } from "../swim/stage.ts"
import { FakeClock } from "./fake-clock.ts"
import { idleStore } from "./idle-store.ts"
import { ScriptedDisk } from "./scripted-disk.ts"

const CLUSTER = "test"
const NO_TRAFFIC = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }
const STEP_MS = 20

export interface Asked {
  readonly to: Addr
  readonly request: StreamRequest
  readonly done: (result: RequestResult) => void
}

export interface Logged {
  readonly level: LogLevel
  readonly event: string
  readonly message: string
}

/** One host, member 0, in a world that does what the test says. */
export class HostStage {
  readonly time: FakeClock = new FakeClock()
  readonly disk: ScriptedDisk
  readonly sent: { readonly to: Addr; readonly message: Message }[] = []
  readonly asked: Asked[] = []
  readonly logged: Logged[] = []
  readonly changes: { readonly change: MemberChanged; readonly version: number }[] = []
  readonly fatals: Fatal[] = []
  readonly host: Host
  /** What the wall clock shows more than the monotonic one. */
  wallAheadMs = 0
  departures = 0
  #receive: (source: Addr, bytes: Uint8Array) => void = () => {}
  readonly #codec = wireCodec(CLUSTER)

  constructor(config: Partial<HostConfig> = {}, disk: ScriptedDisk = new ScriptedDisk()) {
    this.disk = disk
    const options = { onFatal: (fatal: Fatal) => this.fatals.push(fatal), onLeft: () => this.departures++ }
    this.host = new Host({ ...CONFIG, ...config }, this.#ports(), options)
    this.host.onMemberChanged((change, version) => this.changes.push({ change, version }))
  }

  start(): this {
    this.host.start(() => {})
    return this
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += STEP_MS) this.time.advance(Math.min(STEP_MS, ms - passed))
  }

  /** News in a datagram of member `from`. */
  hear(from: number, ...updates: Update[]): void {
    this.message(from, { kind: "gossip", from: idOf(from), digest: 0, updates })
  }

  message(from: number, message: Message): void {
    this.#receive(addrOf(from), this.#codec.encodeMessage(message))
  }

  /** Addresses that were asked for a join since the last call. */
  joins(): Addr[] {
    return this.asked
      .splice(0)
      .filter(({ request }) => request.kind === "join")
      .map(({ to }) => to)
  }

  answer(asked: Asked, ...pages: readonly StreamReply[]): void {
    asked.done({ ok: true, pages: pages.map((page) => this.#codec.encodeReply(page)) })
  }

  #ports(): Ports {
    const { now, bootMs, alarm } = this.time
    const clock: Clock = {
      now,
      bootMs,
      alarm,
      wallMs: () => now() + this.wallAheadMs,
      afterTurn: (done) => done(),
      afterSlice: (done) => done(),
    }
    return {
      clock,
      disk: this.disk,
      store: idleStore(),
      datagrams: {
        send: (to, bytes) => this.#send(to, bytes),
        onReceive: (handler) => {
          this.#receive = handler
        },
        received: () => 0,
        kernelDrops: () => 0,
        sendErrors: () => 0,
        traffic: () => NO_TRAFFIC,
      },
      links: {
        request: (to, body, _limitMs, done) => this.#request(to, body, done),
        onRequest: () => {},
        watch: () => ({ close: () => {} }),
        dial: () => ({ send: () => false, waitingBytes: () => 0, close: () => {} }),
        onDial: () => {},
        traffic: () => NO_TRAFFIC,
      },
      names: { resolve: (text, done) => done(/^[0-9]/.test(text) ? [text as Addr] : [], `${text}: no such host`) },
      log: { write: (level, event, message) => this.logged.push({ level, event, message }) },
      processes: { find: (_claim, done) => done(undefined), findGroup: (_group, _near, done) => done(undefined) },
      secrets: { session: () => ({ id: "a".repeat(26), secret: "s" }), hash: () => new Uint8Array(32) },
      seed: () => 7,
    }
  }

  #send(to: Addr, bytes: Uint8Array): void {
    const message = this.#codec.decodeMessage(bytes)
    if (message.kind === "unreadable") throw new Error(message.problem)
    this.sent.push({ to, message })
  }

  #request(to: Addr, body: Uint8Array, done: (result: RequestResult) => void): void {
    const request = this.#codec.decodeRequest(body)
    if (request === undefined) throw new Error("a request that cannot be read")
    this.asked.push({ to, request, done })
  }
}

const CONFIG: HostConfig = {
  id: idOf(0),
  name: "host-0",
  addr: addrOf(0),
  cluster: CLUSTER,
  join: [],
  profile: "lan",
  swim: swimConfig("lan"),
  tags: {},
  zone: "",
  version: "0.1.0",
  restartGraceMs: 30_000,
  voter: "auto",
  raft: raftConfig(),
  bootstrap: false,
  faultInjection: true,
  items: [],
  warnings: [],
}
