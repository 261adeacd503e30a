import { RESTART_MS_MAX, ZONE_BYTES_MAX } from "@conclave/swim/record"
import { z } from "zod"
import { textMap } from "../api/text-map.ts"
import { type HostPort, isNumericHost, isWildcard, parseHostPort } from "../host-port.ts"
import { SESSION_TTL_MAX_MS, SESSION_TTL_MIN_MS } from "../session-ttl.ts"
import { parseDuration } from "./duration.ts"
import { GOSSIP_KEYS } from "./gossip-keys.ts"
import { looksLikeKey } from "./key-like.ts"
import { SOCKETS } from "./socket-wish.ts"

/** How a value that is text (of a flag, of the environment) becomes what a YAML file would have said. */
type Notation = "text" | "boolean" | "number" | "list" | "map" | "json"

export interface KeySpec {
  readonly schema: z.ZodType
  readonly notation: Notation
}

const JOIN_MAX = 256
const DHT_BOOTSTRAP_MAX = 32
/** Each must promise: more would only keep each other waiting. */
const EXPECT_MAX = 64
const PATH_CHARS_MAX = 4096

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const NAME_CHARS_MAX = 128
const RESOURCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,254}$/

function text(): z.ZodString {
  return z.string({ error: "must be text; write it in quotes" })
}

function choice<const T extends readonly string[]>(options: T): z.ZodType<T[number]> {
  return z.enum(options, { error: `must be one of ${options.join(", ")}` })
}

function named(what: string, charsMax: number = NAME_CHARS_MAX): z.ZodType<string> {
  return text().refine((value) => NAME.test(value) && value.length <= charsMax, {
    error: `${what} is 1 to ${charsMax} letters, digits, dots, dashes and underscores, the first a letter or digit`,
  })
}

const path = text().min(1, { error: "must not be empty" }).max(PATH_CHARS_MAX, { error: "is too long for a path" })

const keyFile = path.refine((value) => !looksLikeKey(value), {
  error: ({ input }) =>
    `takes the path of a file, and this looks like a key itself (${String(input).length} characters): put a new key into a ` +
    "file of mode 600, and name that; write a path that looks alike with /./ in it, or ./ before it",
})

const duration = z.string({ error: "must be a duration such as 200ms, 5s or 10m" }).transform((value, context) => {
  const ms = parseDuration(value)
  if (ms !== undefined) return ms
  context.addIssue({ code: "custom", message: "must be a duration such as 200ms, 5s or 10m, at most 168h" })
  return z.NEVER
})

const restartGrace = duration.refine((ms) => ms <= RESTART_MS_MAX, { error: "must be at most 1h" })

const sessionTtl = duration.refine((ms) => ms >= SESSION_TTL_MIN_MS && ms <= SESSION_TTL_MAX_MS, {
  error: "must be 2s to 5m",
})

const flag = z.boolean({ error: "must be true or false" })

function integer(): z.ZodType<number> {
  return z.int({ error: "must be a whole number" }).min(0, { error: "must not be negative" })
}

const expects = z
  .int({ error: "must be a whole number of hosts" })
  .min(1, { error: "must be at least 1" })
  .max(EXPECT_MAX, { error: `must be at most ${EXPECT_MAX}` })

const thousandths = z
  .number({ error: "must be a number" })
  .min(0, { error: "must not be negative" })
  .max(1000, { error: "must be at most 1000" })
  .transform((value) => Math.round(value * 1000))

const joinAddress = text().refine(isJoinable, {
  error: "must be host or host:port (without a port it means 7951)",
})

const dnsName = joinAddress.refine((value) => !isNumericHost(parseHostPort(value, 7951)?.host ?? ""), {
  error: "must be a DNS name, such as conclave.example.org; addresses go into join",
})

const dhtNode = text().refine(isDhtNode, {
  error: "must be host:port of a node of the DHT, the host a name or an IPv4 address",
})

const bindAddress = text().transform((value, context) => {
  const parsed = ownAddress(value, 7951)
  if (parsed !== undefined) return parsed
  context.addIssue({
    code: "custom",
    message: "must be a numeric address, such as 10.0.0.5:7951, 0.0.0.0:7951 or :7951",
  })
  return z.NEVER
})

const advertiseAddress = text().transform((value, context) => {
  const parsed = parseHostPort(value, 0)
  if (parsed !== undefined && isNumericHost(parsed.host) && !isWildcard(parsed.host)) return parsed
  context.addIssue({ code: "custom", message: "must be the numeric address that others reach, such as 10.0.0.5:7951" })
  return z.NEVER
})

const httpAddress = z
  .union([z.string(), z.literal(false)], { error: "must be off or host:port" })
  .transform((value, context) => {
    // YAML 1.1 readers and people both mean this by a bare `off`.
    if (value === "off" || value === false) return "off" as const
    const parsed = ownAddress(value, 7952)
    if (parsed !== undefined) return parsed
    context.addIssue({ code: "custom", message: "must be off or a numeric address, such as 127.0.0.1:7952" })
    return z.NEVER
  })

const NO_TAG = "is not a name for a tag"

const tags = textMap(
  z.string().regex(RESOURCE_NAME, { error: NO_TAG }),
  text().refine((value) => !hasControl(value), { error: "must not contain control characters" }),
  { wrongName: NO_TAG, wrongMap: "must be a map of text to text" },
)

/** Every key that an agent takes, whatever the source; nothing else is known. */
export const KEYS = {
  name: { schema: named("a member's name"), notation: "text" },
  cluster: { schema: named("a cluster's label"), notation: "text" },
  dataDir: { schema: path, notation: "text" },
  bind: { schema: bindAddress, notation: "text" },
  advertise: { schema: advertiseAddress, notation: "text" },
  join: {
    schema: z
      .array(joinAddress, { error: "must be a list of addresses" })
      .max(JOIN_MAX, { error: `takes at most ${JOIN_MAX} addresses` }),
    notation: "list",
  },
  "discovery.dns": { schema: dnsName, notation: "text" },
  "discovery.dht": { schema: flag, notation: "boolean" },
  "discovery.dhtBootstrap": {
    schema: z
      .array(dhtNode, { error: "must be a list of addresses" })
      .max(DHT_BOOTSTRAP_MAX, { error: `takes at most ${DHT_BOOTSTRAP_MAX} addresses` }),
    notation: "list",
  },
  "discovery.file": { schema: path, notation: "text" },
  "discovery.mdns": { schema: flag, notation: "boolean" },
  bootstrapExpect: { schema: expects, notation: "number" },
  profile: { schema: choice(["local", "lan", "wan"]), notation: "text" },
  zone: { schema: named("a zone", ZONE_BYTES_MAX), notation: "text" },
  voter: { schema: choice(["yes", "auto", "never"]), notation: "text" },
  tags: { schema: tags, notation: "map" },
  restartGrace: { schema: restartGrace, notation: "text" },
  "session.ttl": { schema: sessionTtl, notation: "text" },
  socket: { schema: path, notation: "text" },
  adminSocket: { schema: path, notation: "text" },
  sockets: { schema: SOCKETS, notation: "json" },
  httpAddr: { schema: httpAddress, notation: "text" },
  joinKeyFile: { schema: keyFile, notation: "text" },
  gossipKeyFile: { schema: keyFile, notation: "text" },
  "gossip.seal": { schema: choice(["accept", "send", "require"]), notation: "text" },
  insecure: { schema: flag, notation: "boolean" },
  logLevel: { schema: choice(["debug", "info", "warn", "error"]), notation: "text" },
  logFormat: { schema: choice(["auto", "pretty", "json"]), notation: "text" },
} as const satisfies Readonly<Record<string, KeySpec>>

export type Key = keyof typeof KEYS

const SPECS: ReadonlyMap<string, KeySpec> = new Map<string, KeySpec>([
  ...Object.entries(KEYS),
  ...Object.entries(GOSSIP_KEYS).map(([key, { notation }]): [string, KeySpec] => [key, gossipSpec(notation)]),
])

/** What a key takes; undefined for an unknown one. */
export function specOf(key: string): KeySpec | undefined {
  return SPECS.get(key)
}

export function knownKeys(): IterableIterator<string> {
  return SPECS.keys()
}

function gossipSpec(notation: "duration" | "count" | "thousandths"): KeySpec {
  if (notation === "duration") return { schema: duration, notation: "text" }
  return { schema: notation === "count" ? integer() : thousandths, notation: "number" }
}

/** An address of this machine: numeric, or an empty host for the usual one. */
function ownAddress(value: string, defaultPort: number): HostPort | undefined {
  const parsed = parseHostPort(value.replace(/^localhost(?=:|$)/, "127.0.0.1"), defaultPort)
  return parsed !== undefined && (parsed.host === "" || isNumericHost(parsed.host)) ? parsed : undefined
}

/** The library speaks IPv4 alone. */
function isDhtNode(value: string): boolean {
  const { host, port } = parseHostPort(value, 0) ?? { host: "", port: 0 }
  return host !== "" && !host.includes(":") && port !== 0
}

function isJoinable(value: string): boolean {
  const parsed = parseHostPort(value, 7951)
  return parsed !== undefined && parsed.host !== "" && parsed.port !== 0
}

function hasControl(value: string): boolean {
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0
    if (code < 32 || (code >= 127 && code < 160)) return true
  }
  return false
}
