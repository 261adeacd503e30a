import { raftConfig } from "@conclave/consensus"
import type { Message, StreamReply, StreamRequest } from "@conclave/swim"
import { swimConfig } from "@conclave/swim"
import { leave } from "conclave/api/leave"
import type { Cluster } from "conclave/coordination/cluster"
import type { SealClock } from "conclave/gossip/seal/boot-age"
import { Seal } from "conclave/gossip/seal/seal"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { wireCodec } from "conclave/gossip/swim-codec"
import type { SwimCodec } from "conclave/gossip/swim-driver"
import type { Consensus } from "conclave/group/consensus"
import { hostCluster } from "conclave/group/host-cluster"
import { Host } from "conclave/host"
import type { HostConfig } from "conclave/host-config"
import type { Ports } from "conclave/ports"
import { Secret } from "conclave/secret"
import { SESSION_TTL_MS } from "conclave/session-ttl"
import { Door } from "./apps/door.ts"
import type { HostSetup, Sent, SimHost } from "./sim-host.ts"

/** A host that is told to leave goes, whatever becomes of its seat. */
const GOING = { force: true, timeoutMs: 5000, graceMs: undefined }
/** So long an operator waits until a host is removed. */
const EXPULSION_MS = 5000

/** Objects travel as they are: the ports hand the same reference over that they were given. */
const AS_OBJECTS: SwimCodec = {
  encodeMessage: (message) => message as unknown as Uint8Array,
  decodeMessage: (bytes) => bytes as unknown as Message,
  encodeRequest: (request) => request as unknown as Uint8Array,
  decodeRequest: (bytes) => bytes as unknown as StreamRequest,
  encodeReply: (reply) => reply as unknown as Uint8Array,
  decodeReply: (bytes) => bytes as unknown as StreamReply,
  stood: () => {},
}

const SECRET = new Secret(new Uint8Array(32).fill(7))

function codecOf({ id, cluster, codec, seal }: HostSetup, clock: SealClock): SwimCodec {
  if (!codec) return AS_OBJECTS
  if (seal === undefined) return wireCodec(cluster)
  const { ciphers, mode } = seal
  return sealedCodec(cluster, new Seal({ ciphers, cluster, self: id, clock, secrets: [SECRET] }), () => mode)
}

/** What the applications of its host ask of it. */
function openDoor(
  host: Host,
  { id, name, profile, onCommand }: HostSetup,
  { ports, consensus }: { readonly ports: Ports; readonly consensus: Consensus },
): Door {
  const cluster = hostCluster({
    id,
    generation: () => host.memberById(id)?.record.generation ?? 0,
    isGenerationKept: () => host.isGenerationKept,
    consensus,
  })
  const propose: Cluster["propose"] = (command, deadline, done) => {
    const sent: Sent = { command, fate: "open" }
    onCommand(sent)
    cluster.propose(command, deadline, (outcome) => {
      sent.fate = outcome.kind
      done(outcome)
    })
  }
  return new Door(host, ports, { cluster: { ...cluster, propose }, name, ttlMs: SESSION_TTL_MS[profile] })
}

/** How a run with a group configures an agent. */
function groupConfig({ group }: HostSetup): Pick<HostConfig, "bootstrap" | "bootstrapExpect" | "snapshotBytesMin"> {
  if (group === undefined) return { bootstrap: false }
  return { bootstrap: group.founds, bootstrapExpect: group.expects, snapshotBytesMin: group.snapshotBytes }
}

/** How this fleet configures it. */
function configOf(setup: HostSetup): HostConfig {
  return {
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
    ...groupConfig(setup),
    faultInjection: false,
    items: [],
    warnings: [],
  }
}

/** The product's agent, as the simulator runs it. */
export function conclaveHost(
  setup: HostSetup,
  ports: Ports,
  changed: (consensus: Consensus) => Consensus = (consensus) => consensus,
): SimHost {
  let door: Door | undefined
  const host = new Host(configOf(setup), ports, {
    onFatal: (fatal) => setup.onFatal(fatal.message),
    // The streams of this world tell who is who.
    isAsked: true,
    onRemoved: setup.onRemoved,
    drain: (graceMs, done) => (door === undefined ? done() : door.drain(graceMs, done)),
    farewell: (limitMs, done) => (door === undefined ? done(true) : door.farewell(limitMs, done)),
    codec: codecOf(setup, ports.clock),
  })
  let started = false
  const farewell = (reason: string, done: () => void): (() => void) => {
    door?.goaway(reason)
    return () => {
      door?.end()
      done()
    }
  }
  return {
    id: setup.id,
    start: (done) =>
      host.start(() => {
        started = true
        if (setup.group?.apps !== undefined) door = openDoor(host, setup, { ports, consensus: changed(host.consensus) })
        done()
      }),
    members: () => (started ? host.members() : []),
    aliveCount: () => (started ? host.swim.count("alive") : 0),
    member: (id) => (started ? host.swim.member(id) : undefined),
    onMemberChanged: (on) => void host.onMemberChanged(on),
    announceRestart: (done) => host.announceRestart(farewell("the agent restarts", done)),
    leave: (done) => host.leave(GOING, () => farewell("the agent leaves the cluster", done)()),
    expel: (name, prune, done) =>
      leave(host, { name, prune, timeoutMs: EXPULSION_MS }, (result) => done("code" in result ? result : undefined)),
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
    ...(setup.group?.apps === undefined ? {} : { accept: (end, at) => door?.accept(end, at) }),
  }
}
