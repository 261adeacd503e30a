import { randomBytes } from "node:crypto"
import { swimConfig } from "@conclave/swim"
import type { AgentConfig } from "conclave/config/agent-config"
import { type LoadedConfig, loadConfig, validateFile } from "conclave/config/load"
import type { ConfigProblem } from "conclave/config/problem"
import { test } from "tap"
import { leaksIn } from "../../e2e/leak-search.ts"
import { CONFIG_FILE, KEYLESS, machine } from "./surroundings.ts"

type Loaded = Extract<LoadedConfig, { ok: true }>

function loaded(result: LoadedConfig): Loaded {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}

function problems(result: LoadedConfig): readonly ConfigProblem[] {
  if (result.ok || result.kind !== "problems") throw new Error(JSON.stringify(result))
  return result.problems
}

function originOf(result: Loaded, key: string): string | undefined {
  return result.items.find((item) => item.key === key)?.origin
}

test("a session's time to live is the profile's, or what a file or the environment says", (t) => {
  const shown = (env: Record<string, string>, files: Record<string, string> = {}) => {
    const { config, items } = loaded(loadConfig([], machine(files, env)))
    return [config.sessionTtlMs, items.find(({ key }) => key === "session.ttl")?.value, config.profile]
  }
  t.same(shown({}), [10_000, "10s", "lan"])
  t.same(shown({ CONCLAVE_PROFILE: "local" }), [2000, "2s", "local"])
  t.same(shown({ CONCLAVE_SESSION_TTL: "30s" }), [30_000, "30s", "lan"])
  t.same(shown({}, { [CONFIG_FILE]: "session:\n  ttl: 4s\n" }), [4000, "4s", "lan"])
  t.match(problems(loadConfig([], machine({}, { CONCLAVE_SESSION_TTL: "1s" }))), [
    { key: "CONCLAVE_SESSION_TTL", message: "must be 2s to 5m" },
  ])
  t.end()
})

test("with nothing configured but the keys there is a whole configuration", (t) => {
  const { config, items, warnings } = loaded(loadConfig([], machine()))
  const expected: AgentConfig = {
    name: "host-1",
    cluster: "default",
    dataDir: "/home/u/.local/state/conclave",
    bind: undefined,
    advertise: undefined,
    join: [],
    discovery: { file: undefined, dns: undefined, mdns: false, dht: false, dhtBootstrap: [] },
    profile: "lan",
    zone: "",
    tags: {},
    restartGraceMs: 30_000,
    voter: "auto",
    sessionTtlMs: 10_000,
    bootstrap: false,
    bootstrapExpect: undefined,
    socket: "/tmp/conclave-1000/conclave/conclave.sock",
    adminSocket: "/tmp/conclave-1000/conclave-admin/admin.sock",
    sockets: [],
    http: { kind: "at", host: "127.0.0.1", port: 7952, isExplicit: false },
    insecure: false,
    gossipKeyFile: "/keys/gossip.key",
    joinKeyFile: "/keys/join.key",
    gossipSeal: "require",
    logLevel: "info",
    logFormat: "auto",
    swim: swimConfig("lan"),
    faultInjection: false,
  }
  t.same(config, expected)
  t.same(warnings, [])
  const keys = items.map(({ key }) => key)
  t.same(keys, [...keys].sort(), "items are sorted by key")
  t.same(
    items.find(({ key }) => key === "restartGrace"),
    { key: "restartGrace", value: "30s", origin: "default" },
  )
  t.same(
    items.find(({ key }) => key === "gossip.probeInterval"),
    { key: "gossip.probeInterval", value: "1s", origin: "profile lan" },
  )
  t.end()
})

test("a file of addresses is named from where the agent was started", (t) => {
  const { config } = loaded(loadConfig([], machine({}, { CONCLAVE_DISCOVERY_FILE: "seeds" })))
  t.match(config.discovery.file, /^\/.*\/seeds$/)
  const { items } = loaded(loadConfig([], machine({ [CONFIG_FILE]: "discovery: {file: /etc/seeds}\n" })))
  t.match(
    items.find(({ key }) => key === "discovery.file"),
    { value: "/etc/seeds" },
  )
  t.end()
})

test("a DHT is asked where its nodes and the join secret are named, and nowhere else", (t) => {
  const nodes = ["--dht-bootstrap", "192.0.2.1:49737", "--dht-bootstrap", "dht.example.org:1"]
  const { config, items } = loaded(loadConfig(["--dht", ...nodes], machine()))
  const dhtBootstrap = ["192.0.2.1:49737", "dht.example.org:1"]
  t.match(config.discovery, { dht: true, dhtBootstrap })
  t.match(
    items.filter(({ key }) => key.startsWith("discovery.dht")),
    [{ value: true }, { value: dhtBootstrap }],
  )
  const text = "discovery: {dht: true, dhtBootstrap: []}\n"
  t.match(problems(loadConfig([], machine({ [CONFIG_FILE]: text }))), [
    { key: "discovery.dht", message: /^needs discovery\.dhtBootstrap, .*no other is asked/, line: 1 },
  ])
  t.match(problems(loadConfig(["--dht", ...nodes, "--insecure"], machine({}, KEYLESS))), [
    { key: "discovery.dht", message: /^needs joinKeyFile: .*nobody else finds it/ },
  ])
  t.end()
})

test("key files are paths, and how they are used is said beside them", (t) => {
  const flags = ["--gossip-key-file", "g", "--join-key-file", "j"]
  const shown = loaded(loadConfig(flags, machine({}, { CONCLAVE_GOSSIP_SEAL: "send" })))
  t.match(shown.config, { gossipKeyFile: "/work dir/g", joinKeyFile: "/work dir/j", gossipSeal: "send" })
  t.equal(originOf(shown, "gossip.seal"), "environment CONCLAVE_GOSSIP_SEAL")
  t.equal(originOf(shown, "joinKeyFile"), "flag --join-key-file")
  const named = loaded(loadConfig([], machine()))
  t.equal(originOf(named, "gossip.seal"), "default")
  t.match(named.config, { gossipKeyFile: "/keys/gossip.key", joinKeyFile: "/keys/join.key", gossipSeal: "require" })
  t.match(problems(loadConfig([], machine({}, { CONCLAVE_GOSSIP_SEAL: "on" }))), [
    { key: "CONCLAVE_GOSSIP_SEAL", message: "must be one of accept, send, require" },
  ])
  t.end()
})

test("no tag is left out without a word", (t) => {
  const wrong = (...result: Parameters<typeof loadConfig>): readonly ConfigProblem[] => problems(loadConfig(...result))
  const message = "is not a name for a tag"
  t.match(wrong(["--tag", "dc=a", "--tag", "__proto__=b"], machine()), [{ key: "--tag", message }])
  t.match(wrong([], machine({}, { CONCLAVE_TAGS: "dc=a,__proto__=b" })), [{ key: "CONCLAVE_TAGS", message }])
  const text = "tags:\n  dc: a\n  __proto__: b\n"
  const inFile = { key: "tags.__proto__", message, line: 3, column: 14 }
  t.match(wrong([], machine({ [CONFIG_FILE]: text })), [inFile])
  t.match(validateFile(CONFIG_FILE, machine({ [CONFIG_FILE]: text })), [inFile])
  const special = { constructor: "a", toString: "b" }
  t.same(loaded(loadConfig(["--tag", "constructor=a", "--tag", "toString=b"], machine())).config.tags, special)
  t.end()
})

test("a key in place of the path of its file is refused, and not shown", (t) => {
  const key = randomBytes(32)
  for (const text of [key.toString("base64"), `# ours\n${key.toString("base64")} 3`, key.toString("hex")]) {
    const wrong = [
      ...problems(loadConfig(["--gossip-key-file", text, `--join-key-file=${text}`], machine({}, KEYLESS))),
      ...problems(loadConfig([], machine({}, { CONCLAVE_GOSSIP_KEY_FILE: text, CONCLAVE_JOIN_KEY_FILE: text }))),
      ...problems(loadConfig([], machine({ [CONFIG_FILE]: JSON.stringify({ gossipKeyFile: text }) }))),
      ...validateFile(CONFIG_FILE, machine({ [CONFIG_FILE]: JSON.stringify({ joinKeyFile: text }) })),
    ]
    const told = wrong.filter(({ message }) => /^takes the path of a file/.test(message))
    t.same(
      told.map(({ key: where }) => where),
      [
        ...["--gossip-key-file", "--join-key-file", "CONCLAVE_GOSSIP_KEY_FILE", "CONCLAVE_JOIN_KEY_FILE"],
        ...["gossipKeyFile", "joinKeyFile"],
      ],
    )
    for (const { message } of told) t.match(message, `(${text.length} characters)`)
    const stray = loadConfig([text], machine())
    t.match(stray, { kind: "usage", usage: [/^agent takes no argument ".*\[key of \d\d characters\]/] })
    t.same(leaksIn([{ name: "problems", bytes: Buffer.from(JSON.stringify([wrong, stray])) }], { key }), [])
  }
  const kept = `./${key.toString("hex")}`
  t.match(loaded(loadConfig(["--join-key-file", kept], machine())).config, { joinKeyFile: `/work dir/${kept}` })
  t.end()
})

test("the stronger source wins, key by key: flags, environment, conf.d, file, profile, default", (t) => {
  const files = {
    [CONFIG_FILE]: "name: f\nzone: f\ncluster: f\nlogLevel: warn\nprofile: local\ngossip:\n  probeInterval: 700ms\n",
    "/home/u/.config/conclave/conf.d/20.yaml": "name: d2\nzone: d2\n",
    "/home/u/.config/conclave/conf.d/10.yaml": "name: d1\nzone: d1\ncluster: d1\n",
    "/home/u/.config/conclave/conf.d/ignored.yml": "nonsense: 1\n",
  }
  const env = { CONCLAVE_NAME: "e", CONCLAVE_GOSSIP_PROBE_INTERVAL: "800ms", CONCLAVE_ZONE: "" }
  const result = loaded(loadConfig(["--name", "flag"], machine(files, env)))
  t.match(result.config, { name: "flag", zone: "d2", cluster: "d1", logLevel: "warn", profile: "local" })
  t.same(result.config.swim, { ...swimConfig("local"), probeIntervalMs: 800 })
  t.equal(originOf(result, "name"), "flag --name")
  t.equal(originOf(result, "gossip.probeInterval"), "environment CONCLAVE_GOSSIP_PROBE_INTERVAL")
  t.equal(originOf(result, "cluster"), "/home/u/.config/conclave/conf.d/10.yaml:3")
  t.equal(originOf(result, "logLevel"), `${CONFIG_FILE}:4`)
  t.equal(originOf(result, "gossip.fanout"), "profile local")
  t.equal(originOf(result, "restartGrace"), "default")
  t.same(
    result.files.map((file) => file.split("/").at(-1)),
    ["conclave.yaml", "10.yaml", "20.yaml"],
  )
  t.end()
})

test("tags are merged one by one, the join list is replaced", (t) => {
  const files = { [CONFIG_FILE]: "tags: {dc: a, role: web}\njoin: [a, b]\n" }
  const argv = ["--tag", "role=db", "--tag", "x=1=2", "--join", "c:1", "--join=[::1]:2"]
  const result = loaded(loadConfig(argv, machine(files)))
  t.same(result.config.tags, { dc: "a", role: "db", x: "1=2" })
  t.same(result.config.join, ["c:1", "[::1]:2"])
  t.equal(originOf(result, "tags.dc"), `${CONFIG_FILE}:1`)
  t.equal(originOf(result, "tags.role"), "flag --tag")
  t.end()
})

test("the file that was asked for is read, and must be there", (t) => {
  const files = { [CONFIG_FILE]: "name: usual\n", "/c/a.yaml": "name: asked\n", "/c/conf.d/a.yaml": "zone: beside\n" }
  t.match(loaded(loadConfig(["--config", "/c/a.yaml"], machine(files))).config, { name: "asked", zone: "beside" })
  t.match(loaded(loadConfig([], machine(files, { CONCLAVE_CONFIG: "/c/a.yaml" }))).config, { name: "asked" })
  t.same(problems(loadConfig(["--config", "/c/none.yaml"], machine(files))), [
    { file: "/c/none.yaml", key: "", message: "there is no such file" },
  ])
  t.end()
})

test("root and others have their paths, and XDG variables are heeded", (t) => {
  const root = loaded(loadConfig([], machine({ "/etc/conclave/conclave.yaml": "zone: etc\n" }, {}, 0))).config
  t.match(root, {
    zone: "etc",
    dataDir: "/var/lib/conclave",
    socket: "/run/conclave/conclave.sock",
    adminSocket: "/run/conclave-admin/admin.sock",
  })
  const env = { XDG_CONFIG_HOME: "/x/c", XDG_STATE_HOME: "/x/s", XDG_RUNTIME_DIR: "/x/r" }
  const xdg = loaded(loadConfig([], machine({ "/x/c/conclave/conclave.yaml": "zone: xdg\n" }, env))).config
  t.match(xdg, {
    zone: "xdg",
    dataDir: "/x/s/conclave",
    socket: "/x/r/conclave/conclave.sock",
    adminSocket: "/x/r/conclave-admin/admin.sock",
  })
  t.equal(loaded(loadConfig(["--data-dir", "d"], machine())).config.dataDir, "/work dir/d")
  t.end()
})

test("all problems of all sources come at once, each with its place", (t) => {
  const text = [
    "nmae: x",
    "gossip:",
    "  probeIntervall: 1s",
    "  suspicionFloor: 5",
    "  probeTimeoutMax: 2s",
    "join:",
    "  - ok",
    "  - 'not ok'",
    "tags:",
    "  dc: 1",
    "restartGrace: 99 days",
    "raft: {}",
    "voter: perhaps",
  ].join("\n")
  const found = problems(
    loadConfig(["--profile", "mars"], machine({ [CONFIG_FILE]: text }, { CONCLAVE_INSECURE: "maybe" })),
  )
  const short = found.map(({ file, line, column, key, message }) => [
    file === CONFIG_FILE ? `${line}:${column}` : file,
    key,
    message,
  ])
  t.same(short, [
    ["1:1", "nmae", "unknown key; did you mean name?"],
    ["3:3", "gossip.probeIntervall", "unknown key; did you mean gossip.probeInterval?"],
    ["4:19", "gossip.suspicionFloor", "must be a duration such as 200ms, 5s or 10m"],
    ["5:20", "gossip.probeTimeoutMax", "must be at most two thirds of the probe interval"],
    ["8:5", "join.1", "must be host or host:port (without a port it means 7951)"],
    ["10:7", "tags.dc", "must be text; write it in quotes"],
    ["11:15", "restartGrace", "must be a duration such as 200ms, 5s or 10m, at most 168h"],
    ["12:1", "raft", "unknown key"],
    ["13:8", "voter", "must be one of yes, auto, never"],
    ["environment", "CONCLAVE_INSECURE", "must be true or false"],
    ["flags", "--profile", "must be one of local, lan, wan"],
  ])
  t.end()
})

test("a socket's path, the tags and the host name have limits that only the whole shows", (t) => {
  const at = (bytes: number): string => `/${"s".repeat(bytes - 1)}`
  t.ok(loadConfig(["--socket", at(107)], machine()).ok)
  t.match(problems(loadConfig(["--socket", at(108)], machine())), [
    { file: "flags", key: "socket", message: /at most 107 bytes, this one has 108/ },
  ])
  t.match(
    problems(loadConfig([], machine({}, { XDG_RUNTIME_DIR: at(100) }))).map(({ key }) => key),
    ["socket", "adminSocket"],
  )
  t.match(problems(loadConfig(["--socket", "/a", "--admin-socket", "/a"], machine())), [{ key: "adminSocket" }])
  t.ok(loadConfig(["--tag", `k=${"é".repeat(255)}`], machine()).ok, "511 bytes")
  t.match(problems(loadConfig(["--tag", `kkk=${"é".repeat(255)}`], machine())), [
    { key: "tags", message: /at most 512 bytes together, got 513/ },
  ])
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => ["--tag", `t${index}=`]).flat()
  t.ok(loadConfig(many(64), machine()).ok)
  t.match(problems(loadConfig(many(65), machine())), [{ key: "tags", message: /at most 64 tags, got 65/ }])
  const nameless = { ...machine(), hostname: "host name" }
  t.match(problems(loadConfig([], nameless)), [
    { file: "defaults", key: "name", message: /host name "host name" cannot be/ },
  ])
  t.ok(loadConfig(["--name", "n1"], nameless).ok)
  t.end()
})

test("an unknown variable of ours warns, one that is not configuration does not", (t) => {
  const env = {
    CONCLAVE_NAM: "x",
    CONCLAVE_GRANT_TOKEN: "5",
    CONCLAVE_WORK_ITEM: "i",
    CONCLAVE_RAFT_ELECTION: "1",
    OTHER: "y",
  }
  const { warnings } = loaded(loadConfig([], machine({}, env)))
  t.equal(warnings.length, 2)
  t.match(warnings[0], /CONCLAVE_NAM, which means nothing; did you mean CONCLAVE_NAME\?/)
  t.match(warnings[1], /CONCLAVE_RAFT_ELECTION/)
  t.end()
})

test("flags that mean nothing end it before any file is read", (t) => {
  t.match(loadConfig(["--nonsense"], machine({ [CONFIG_FILE]: "also: wrong" })), { ok: false, kind: "usage" })
  t.end()
})

test("one file can be checked alone, as a start would", (t) => {
  const files = {
    "/c/good.yaml": "name: n1\n",
    "/c/bad.yaml": "name: n1\ngossip: {probeTimeoutMax: 2s}\n",
    [CONFIG_FILE]: "wrong: 1\n",
  }
  t.same(validateFile("/c/good.yaml", machine(files)), [])
  t.match(validateFile("/c/bad.yaml", machine(files)), [
    { file: "/c/bad.yaml", line: 2, column: 27, key: "gossip.probeTimeoutMax" },
  ])
  t.match(validateFile("/c/none.yaml", machine(files)), [{ message: "there is no such file" }])
  t.end()
})
