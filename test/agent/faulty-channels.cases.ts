import type { Addr } from "@conclave/base"
import { FaultyChannel } from "conclave/faulty-channels"
import type { ChannelEvent } from "conclave/ports"
import { test } from "tap"

const PEER = "10.0.0.2:7951" as Addr

test("what was heard behind a cut stops where its reader closes", (t) => {
  let isCut = true
  let ended = 0
  const channel = new FaultyChannel(
    PEER,
    () => isCut,
    () => ended++,
  )
  const heard: ChannelEvent[] = []
  const real = { send: () => true, waitingBytes: () => 5, close: () => {} }
  channel.connect(real, (event) => {
    heard.push(event)
    channel.close()
  })
  channel.hear({ kind: "frame", body: Uint8Array.of(1) })
  channel.hear({ kind: "frame", body: Uint8Array.of(2) })
  isCut = false
  channel.heal()
  t.equal(heard.length, 1, "the first was told, and its reader closed the channel")
  t.equal(ended, 1)
  t.equal(channel.waitingBytes(), 5, "what the real one holds counts, too")
  t.end()
})
