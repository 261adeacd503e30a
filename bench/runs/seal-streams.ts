import { generateKeyPairSync } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:net"
import type { Addr } from "@conclave/base"
import { idOf } from "conclave/node/links/identity"
import { JoinProof } from "conclave/node/links/join-proof"
import { type LinkDoor, OPEN_DOOR } from "conclave/node/links/link-door"
import { type OpenLinks, openLinks } from "conclave/node/links/links"
import { SealedDoor } from "conclave/node/links/sealed-door"
import { Secret } from "conclave/secret"
import { significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"

const CLUSTER = "bench"
/** As long as an entry of the log with a small command. */
const FRAME_BYTES = 200
/** Before them the code is compiled, and the connection there. */
const WARM_UP = 1_000

interface Peer {
  readonly links: OpenLinks
  readonly addr: Addr
}

/** A frame there and back over one kept channel, again and again: what a hop costs, in the clear or under TLS. */
export async function streamHops(mode: "plain" | "tls", windowMs: number): Promise<RunFields> {
  const [a, b] = [await openPeer(mode), await openPeer(mode)]
  b.links.onDial((_source, channel) => (event) => {
    if (event.kind === "frame") channel.send(event.body)
  })
  const body = new Uint8Array(FRAME_BYTES).fill(7)
  let hops = 0
  const answers = (count: number): Promise<void> => new Promise((resolve) => (isEnough = { count, resolve }))
  let isEnough = { count: Number.POSITIVE_INFINITY, resolve: (): void => {} }
  const channel = a.links.dial(b.addr, (event) => {
    if (event.kind !== "frame") return
    hops++
    if (hops >= isEnough.count) isEnough.resolve()
    channel.send(body)
  })
  channel.send(body)
  await answers(WARM_UP)
  const [from, beganAtMs, used] = [hops, performance.now(), process.cpuUsage()]
  await new Promise((resolve) => setTimeout(resolve, windowMs))
  const tookMs = performance.now() - beganAtMs
  const { user, system } = process.cpuUsage(used)
  const round = Math.max(1, hops - from)
  await a.links.close()
  await b.links.close()
  return { cpuUs: significant((user + system) / round), latencyUs: significant((tookMs * 1000) / round) }
}

async function openPeer(mode: "plain" | "tls"): Promise<Peer> {
  const { privateKey, publicKey: made } = generateKeyPairSync("ed25519")
  const publicKey = Buffer.from(made.export({ format: "jwk" }).x ?? "", "base64url")
  const identity = { id: idOf(publicKey), privateKey, publicKey }
  const door = mode === "tls" ? await sealedDoor(identity) : OPEN_DOOR
  const port = await freePort()
  const addr = `127.0.0.1:${port}` as Addr
  const links = await openLinks({
    host: "127.0.0.1",
    port,
    id: identity.id,
    cluster: CLUSTER,
    advertised: addr,
    door,
  })
  return { links, addr }
}

async function sealedDoor(identity: ConstructorParameters<typeof SealedDoor>[0]["identity"]): Promise<LinkDoor> {
  const proof = await JoinProof.of([new Secret(Buffer.from("a secret of this bench"))], CLUSTER)
  return new SealedDoor({ identity, proof: () => proof, mode: () => "require" })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, "close")
  return port
}
