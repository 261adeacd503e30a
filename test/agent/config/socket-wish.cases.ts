import { type LoadedConfig, loadConfig } from "conclave/config/load"
import type { ConfigProblem } from "conclave/config/problem"
import type { SocketWish } from "conclave/config/socket-wish"
import { test } from "tap"
import { CONFIG_FILE, machine } from "./surroundings.ts"

function load(text: string, env: Readonly<Record<string, string>> = {}): LoadedConfig {
  return loadConfig([], machine({ [CONFIG_FILE]: text }, env))
}

function socketsOf(loaded: LoadedConfig): readonly SocketWish[] {
  if (!loaded.ok) throw new Error(JSON.stringify(loaded))
  return loaded.config.sockets
}

function problemsOf(loaded: LoadedConfig): readonly ConfigProblem[] {
  return loaded.ok || loaded.kind !== "problems" ? [] : loaded.problems
}

test("a socket has a path and names, and the rest by default", (t) => {
  const text = 'sockets:\n  - path: app.sock\n    names: ["orders/*", clock]\n'
  const loaded = load(text)
  t.same(socketsOf(loaded), [
    { path: "/work dir/app.sock", mode: 0o660, group: undefined, names: ["orders/*", "clock"] },
  ])
  const shown = loaded.ok ? loaded.items.find(({ key }) => key === "sockets") : undefined
  const value = [{ path: "/work dir/app.sock", mode: "0660", names: ["orders/*", "clock"] }]
  t.same(shown, { key: "sockets", value, origin: `${CONFIG_FILE}:2` })
  t.same(socketsOf(load("")), [])
  t.end()
})

test("a mode is read as it was meant, with quotes and without", (t) => {
  const modeOf = (mode: string): unknown => {
    const loaded = load(`sockets: [{path: /a, names: [a], mode: ${mode}}]`)
    return loaded.ok ? loaded.config.sockets[0]?.mode : problemsOf(loaded)[0]?.message
  }
  for (const mode of ['"0660"', "0660", "660", "0o660", '"0o660"', "432"]) t.equal(modeOf(mode), 0o660, mode)
  t.same(['"0600"', "0600", "0o606", "0666", "0o666"].map(modeOf), [0o600, 0o600, 0o606, 0o666, 0o666])
  for (const mode of ['"0640"', "0770", "7", '"rw"', "true", "[]"]) t.match(modeOf(mode), /^must be "0600"/, mode)
  t.end()
})

test("what is wrong with a socket is said with its place and its key", (t) => {
  const wrong = (socket: string): unknown => {
    const [first, ...more] = problemsOf(load(`sockets:\n  - ${socket}\n`))
    t.same(more, [], socket)
    return first && `${first.line} ${first.key} ${first.message}`
  }
  t.match(wrong("{path: /a}"), /^2 sockets\.0\.names must be a list of what its clients may touch, such as/)
  t.match(wrong("{path: /a, names: []}"), /^2 sockets\.0\.names must be a list/)
  t.match(wrong("{names: [a]}"), "2 sockets.0.path must be the path of the socket")
  t.match(wrong('{path: "", names: [a]}'), "2 sockets.0.path must not be empty")
  t.match(wrong("{path: /a, names: [a], grup: b}"), /^2 sockets\.0 has path, mode, group and names, and knows no grup/)
  t.match(wrong("{path: /a, names: [a], group: [b]}"), "2 sockets.0.group must be the name or the number of a group")
  t.match(wrong("{path: /a, names: [a], group: -1}"), "2 sockets.0.group must be the name or the number of a group")
  t.match(wrong("/a"), "2 sockets.0 must have path and names")
  for (const glob of ["/orders", "-x", "or ders", "a#b", "[a-z]", "a?", "!a", '""']) {
    t.match(
      wrong(`{path: /a, names: [ok, '${glob.replaceAll('"', "")}']}`),
      /^2 sockets\.0\.names\.1 fits no name: /,
      glob,
    )
  }
  t.match(wrong(`{path: /a, names: [${"x".repeat(256)}]}`), /has over 255 characters, and fits no name/)
  t.match(problemsOf(load("sockets: {path: /a}")), [{ message: "must be a list of sockets, each with path and names" }])
  t.end()
})

test("the environment says it as JSON", (t) => {
  const env = { CONCLAVE_SOCKETS: '[{"path": "/a.sock", "names": ["*"], "group": 7}]' }
  t.same(socketsOf(load("", env)), [{ path: "/a.sock", mode: 0o660, group: 7, names: ["*"] }])
  t.match(problemsOf(load("", { CONCLAVE_SOCKETS: "/a.sock" })), [
    { key: "CONCLAVE_SOCKETS", message: "must be a list of sockets, each with path and names" },
  ])
  t.end()
})
