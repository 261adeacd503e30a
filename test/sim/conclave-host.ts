import { raftConfig } from "@conclave/consensus"
import type { Message, StreamReply, StreamRequest } from "@conclave/swim"
import { swimConfig } from "@conclave/swim"
import { Host } from "conclave/host"
import type { Ports } from "conclave/ports"
import type { SwimCodec } from "conclave/swim-driver"
import type { HostSetup, SimHost } from "./sim-host.ts"

/** A host that is told to leave goes, whatever becomes of its seat. */
const GOING = { force: true, timeoutMs: 5000 }

/** Objects travel as they are: the ports hand the same reference over that they were given. */
const AS_OBJECTS: SwimCodec = {
  encodeMessage: (message) => message as unknown as Uint8Array,
  decodeMessage: (bytes) => bytes as unknown as Message,
  encodeRequest: (request) => request as unknown as Uint8Array,
  decodeRequest: (bytes) => bytes as unknown as StreamRequest,
  encodeReply: (reply) => reply as unknown as Uint8Array,
  decodeReply: (bytes) => bytes as unknown as StreamReply,
}

/** The product's agent, as the simulator runs it. */
export function conclaveHost(setup: HostSetup, ports: Ports): SimHost {
  const host = new Host(
    {
      id: setup.id,
      name: setup.name,
      addr: setup.addr,
      cluster: setup.cluster,
      join: setup.join.filter((addr) => addr !== setup.addr),
      profile: setup.profile,
      swim: swimConfig(setup.profile, setup.mode),
      tags: {},
      zone: "",
      version: "0.0.0",
      restartGraceMs: setup.restartGraceMs,
      voter: "auto",
      raft: raftConfig(setup.group === undefined ? {} : { keepEntries: setup.group.keepEntries }),
      bootstrap: setup.group?.founds === true,
      ...(setup.group === undefined ? {} : { snapshotBytesMin: setup.group.snapshotBytes }),
      faultInjection: false,
      items: [],
      warnings: [],
    },
    ports,
    {
      onFatal: (fatal) => setup.onFatal(fatal.message),
      ...(setup.codec ? {} : { codec: AS_OBJECTS }),
    },
  )
  let started = false
  return {
    id: setup.id,
    start: (done) =>
      host.start(() => {
        started = true
        done()
      }),
    members: () => (started ? host.members() : []),
    aliveCount: () => (started ? host.swim.count("alive") : 0),
    member: (id) => (started ? host.swim.member(id) : undefined),
    onMemberChanged: (on) => void host.onMemberChanged(on),
    announceRestart: (done) => host.announceRestart(done),
    leave: (done) => host.leave(GOING, () => done()),
    setTags: (tags) => {
      if (started) host.setTags(tags)
    },
    ping: (id, done) => {
      if (started) host.ping(id, "udp", done)
      else done(undefined)
    },
    counters: () => (started ? { ...host.swim.counters, malformed: host.malformedPackets } : {}),
    backlog: () => (started ? host.swim.queueLength : 0),
    ...(setup.group === undefined ? {} : { consensus: host.consensus }),
  }
}
