import type { Addr, NodeId } from "@conclave/base"
import { frame } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import type { Channel, ChannelEnd, ChannelEvent, RequestResult, WatchLink } from "../../ports.ts"
import { SocketChannel } from "./link-channel.ts"
import type { Connector, StreamEnd } from "./link-connect.ts"
import type { Errand } from "./link-door.ts"
import { ANSWERS, encodeOpening, type OpeningKind } from "./link-opening.ts"
import { PageReader, REQUEST_BYTES_MAX } from "./link-pages.ts"

/** A watch link or channel that is not up by then has failed. */
export const WATCH_OPEN_MS = 5000

export interface DialOptions {
  readonly connector: Connector
  /** The address that this agent advertises. */
  readonly source: Addr
  readonly label: number
  /** Who lives at an address, so that a channel goes to nobody else; undefined = nobody that is known. */
  readonly memberAt: (addr: Addr) => NodeId | undefined
}

type Failure = Extract<RequestResult, { ok: false }>["why"]

/** Makes outgoing streams: says what each is for, and reads the answer. */
export class LinkDialler {
  readonly #options: DialOptions

  constructor(options: DialOptions) {
    this.#options = options
  }

  request(to: Addr, body: Uint8Array, limitMs: number, done: (result: RequestResult) => void): void {
    if (body.length > REQUEST_BYTES_MAX) {
      setImmediate(() => done({ ok: false, why: "protocol" }))
      return
    }
    const settle = once<RequestResult>((result) => {
      clearTimeout(timer)
      close()
      done(result)
    })
    const fail = (why: Failure): void => settle({ ok: false, why })
    const timer = afterReading(Math.max(1, limitMs), () => fail("timeout"))
    const pages = new PageReader()
    let welcome = false
    const close = this.#options.connector.open(to, this.#errand("request", undefined), {
      opened: (stream) => {
        stream.write(frame(body))
        stream.on("data", (chunk) => {
          if (!welcome && chunk[0] !== ANSWERS.welcome) return fail(whyNot(chunk[0]))
          const read = pages.push(welcome ? chunk : chunk.subarray(1))
          welcome = true
          if (read === "broken") fail("protocol")
          else if (read !== "more") settle({ ok: true, pages: read })
        })
      },
      ended: fail,
    })
  }

  watch(to: Addr, id: NodeId, on: (event: LinkEvent) => void): WatchLink {
    let up = false
    const end = once<LinkEvent | undefined>((event) => {
      clearTimeout(timer)
      close()
      if (event !== undefined) on(event)
    })
    const timer = afterReading(WATCH_OPEN_MS, () => end("failed"))
    const close = this.#options.connector.open(to, this.#errand("watch", id), {
      opened: (stream) => {
        stream.setKeepAlive(false)
        stream.on("data", (chunk) => {
          if (up) return
          // Whoever answers there, it is not the member that was meant, in this cluster.
          if (chunk[0] === ANSWERS.otherMember || chunk[0] === ANSWERS.otherCluster) return end("refused")
          if (chunk[0] !== ANSWERS.welcome) return end("failed")
          up = true
          clearTimeout(timer)
          on("up")
        })
      },
      ended: (why) => end(lost(why, up)),
    })
    return { close: () => end(undefined) }
  }

  dial(to: Addr, on: (event: ChannelEvent) => void, meant = this.#options.memberAt(to)): Channel {
    let up = false
    const channel = new SocketChannel(
      (event) => on(event),
      () => close(),
    )
    const end = (why: ChannelEnd): void => {
      clearTimeout(timer)
      channel.end(why)
    }
    const timer = afterReading(WATCH_OPEN_MS, () => end("failed"))
    const close = this.#options.connector.open(to, this.#errand("channel", meant), {
      opened: (stream) => {
        channel.attach(stream)
        stream.on("data", (chunk) => {
          if (channel.isOver) return
          if (up) return channel.read(chunk)
          if (chunk[0] !== ANSWERS.welcome) return end(channelRefusal(chunk[0]))
          up = true
          clearTimeout(timer)
          on({ kind: "up" })
          channel.read(chunk.subarray(1))
        })
      },
      ended: (why) => end(lost(why, up)),
    })
    return channel
  }

  #errand(kind: OpeningKind, meant: NodeId | undefined): Errand {
    const { label, source } = this.#options
    const target = kind === "watch" ? meant : undefined
    return { meant, opening: encodeOpening({ kind, label, source, target }) }
  }
}

/** After a stall of ours the answer may be waiting in the kernel: read it before time is called. */
function afterReading(limitMs: number, act: () => void): NodeJS.Timeout {
  return setTimeout(() => setImmediate(act), limitMs)
}

/** What has been up is down, whatever ended it. */
function lost(why: StreamEnd, wasUp: boolean): "refused" | "failed" | "down" {
  if (wasUp) return "down"
  return why === "refused" ? "refused" : "failed"
}

function channelRefusal(answer: number | undefined): ChannelEnd {
  const why = whyNot(answer)
  return why === "otherCluster" || why === "otherVersion" ? why : "failed"
}

function whyNot(answer: number | undefined): Failure {
  switch (answer) {
    case ANSWERS.busy:
      return "reset"
    case ANSWERS.otherCluster:
      return "otherCluster"
    case ANSWERS.otherVersion:
      return "otherVersion"
    case ANSWERS.removed:
      return "removed"
    default:
      return "protocol"
  }
}

function once<T>(act: (value: T) => void): (value: T) => void {
  let done = false
  return (value) => {
    if (done) return
    done = true
    act(value)
  }
}
