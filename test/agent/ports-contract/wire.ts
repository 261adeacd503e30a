import { FrameReader } from "@conclave/base"
import type { FrameWire } from "conclave/frames/frame-session"
import type { Test } from "tap"
import type { Until } from "./local.ts"

const FRAME_BYTES_MAX = 256 * 1024
/** More than any system holds for a reader that does not read. */
const MUCH = { frames: 64, bytes: 64 * 1024 }

/** A wire as a session has it, and the application at its other end. */
export interface WireStage {
  readonly wire: FrameWire
  /** What the session was told: bytes, `drained`, `closed`. */
  readonly told: readonly string[]
  readonly client: {
    readonly write: (bytes: Uint8Array) => void
    readonly close: () => void
    /** Reads nothing until it goes on. */
    readonly stop: () => void
    readonly goOn: () => void
    readonly got: () => readonly Uint8Array[]
    readonly isClosed: () => boolean
  }
}

/** What every wire to an application does, whoever carries the bytes. */
export async function keepsWireContract(t: Test, open: () => Promise<WireStage>, until: Until): Promise<void> {
  await carriesBothWays(t, await open(), until)
  await holdsWhatIsNotRead(t, await open(), until)
  await tellsThatItIsLeft(t, await open(), until)
  await endsAtOnce(t, await open(), until)
}

function framesOf(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  return chunks.flatMap((each) => {
    const frames = reader.push(each)
    if (frames === "oversize") throw new Error("a frame is longer than any may be")
    return frames
  })
}

async function carriesBothWays(t: Test, { wire, told, client }: WireStage, until: Until): Promise<void> {
  wire.send(Uint8Array.of(1))
  wire.send(new Uint8Array(0))
  client.write(Uint8Array.of(7, 8))
  t.same([told, client.got()], [[], []], "never from within the call")
  await until("both have heard", () => framesOf(client.got()).length === 2 && told.length > 0)
  t.same(told, ["7,8"])
  t.ok(wire.isWritable())
  t.equal(wire.unsentBytes(), 0)
  wire.send(Uint8Array.of(2), new Uint8Array(0), Uint8Array.of(3))
  wire.end()
  t.notOk(wire.isWritable(), "nothing more is said")
  await until("both know that it is over", () => client.isClosed() && told.includes("closed"))
  const bodies = framesOf(client.got()).map((body) => body.join())
  t.same(bodies, ["1", "", "2,3"], "what was said before comes before the end, in order")
  t.same(told, ["7,8", "closed"], "once")
}

async function holdsWhatIsNotRead(t: Test, { wire, told, client }: WireStage, until: Until): Promise<void> {
  client.stop()
  for (let each = 0; each < MUCH.frames; each++) wire.send(new Uint8Array(MUCH.bytes).fill(each))
  await until("the systems hold what they take", () => wire.unsentBytes() < MUCH.frames * MUCH.bytes)
  t.ok(wire.unsentBytes() > MUCH.bytes, "what they do not take is known")
  t.notOk(told.includes("drained"))
  client.goOn()
  await until("all of it is read", () => framesOf(client.got()).length === MUCH.frames)
  await until("there is room again", () => told.includes("drained"))
  t.equal(wire.unsentBytes(), 0)
  t.same(
    framesOf(client.got()).map((body) => [body[0], body.at(-1), body.length]),
    Array.from({ length: MUCH.frames }, (_, each) => [each, each, MUCH.bytes]),
  )
  client.close()
  await until("it is closed", () => told.includes("closed"))
}

async function tellsThatItIsLeft(t: Test, { wire, told, client }: WireStage, until: Until): Promise<void> {
  client.write(Uint8Array.of(5))
  client.close()
  await until("it is known", () => told.includes("closed"))
  t.same(told, ["5", "closed"], "what was said before comes before the end")
  t.notOk(wire.isWritable())
  wire.send(Uint8Array.of(1))
  wire.end()
  wire.destroy()
  t.same(told, ["5", "closed"], "and whatever is done afterwards does nothing")
}

async function endsAtOnce(t: Test, { wire, told, client }: WireStage, until: Until): Promise<void> {
  wire.destroy()
  t.same(told, [], "never from within the call")
  await until("both know", () => client.isClosed() && told.length > 0)
  t.same(told, ["closed"])
}
