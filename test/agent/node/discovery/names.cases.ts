import type { Addr } from "@conclave/base"
import { openNames, type Service } from "conclave/node/discovery/names"
import type { Names } from "conclave/ports"
import { test } from "tap"

function resolve(text: string): Promise<{ addrs: readonly Addr[]; problem: string }> {
  return new Promise((done) => openNames().resolve(text, (addrs, problem) => done({ addrs, problem })))
}

test("numeric addresses pass through, without a port it is 7951", async (t) => {
  t.same(await resolve("10.0.0.5"), { addrs: ["10.0.0.5:7951"], problem: "" })
  t.same(await resolve("10.0.0.5:80"), { addrs: ["10.0.0.5:80"], problem: "" })
  t.same(await resolve("fd00::1"), { addrs: ["[fd00::1]:7951"], problem: "" })
  t.same(await resolve("[fd00::1]:80"), { addrs: ["[fd00::1]:80"], problem: "" })
})

test("a name gives numeric addresses", async (t) => {
  const { addrs, problem } = await resolve("localhost:80")
  t.equal(problem, "")
  t.ok(addrs.length > 0)
  for (const addr of addrs) t.match(addr, /^(127\.|\[::1\]).*:80$/)
})

test("what cannot be resolved comes back empty, with the reason", async (t) => {
  t.match(await resolve("no-such-host.invalid"), { addrs: [], problem: /no-such-host\.invalid: \S/ })
  t.match(await resolve("not an address"), { addrs: [], problem: /"not an address" is not an address/ })
  t.match(await resolve(":80"), { addrs: [], problem: /not an address/ })
  t.match(await resolve("10.0.0.5:0"), { addrs: [], problem: /port 0/ })
  t.match(await resolve("10.0.0.500"), { addrs: [], problem: /not an address/ })
})

test("many at once are all answered, in some order", async (t) => {
  const names = openNames()
  const answers = await Promise.all(
    Array.from(
      { length: 40 },
      () => new Promise((done) => names.resolve("localhost", (addrs) => done(addrs.length > 0))),
    ),
  )
  t.same(answers, Array(40).fill(true))
})

/** Names in a zone: hosts with addresses, and services whose records name such hosts. */
function zone(hosts: Readonly<Record<string, readonly string[]>>, services: readonly Service[] | string): Names {
  const failed = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code })
  return openNames({
    lookup: (host, done) => {
      const found = hosts[host]
      setImmediate(() => (found === undefined ? done(failed("ENOTFOUND"), []) : done(null, found)))
    },
    services: (_name, done) => {
      setImmediate(() => (typeof services === "string" ? done(failed(services), []) : done(null, services)))
    },
  })
}

function resolveIn(names: Names, text: string): Promise<{ addrs: readonly Addr[]; problem: string }> {
  return new Promise((done) => names.resolve(text, (addrs, problem) => done({ addrs, problem })))
}

test("a service gives the addresses of its hosts, each with its own port", async (t) => {
  const hosts = { a: ["10.0.0.1", "fd00::1"], b: ["10.0.0.2"] }
  const names = zone(hosts, [
    { name: "b", port: 5 },
    { name: "gone", port: 6 },
    { name: "a", port: 7 },
    { name: "b", port: 5 },
    { name: "a", port: 0 },
  ])
  t.same(await resolveIn(names, "_conclave._udp.example.org"), {
    addrs: ["10.0.0.2:5", "10.0.0.1:7", "[fd00::1]:7"],
    problem: "",
  })
  t.same(await resolveIn(names, "a:9"), { addrs: ["10.0.0.1:9", "[fd00::1]:9"], problem: "" })
})

test("a service that nobody offers says why", async (t) => {
  const name = "_conclave._udp.example.org"
  const problemWith = async (services: readonly Service[] | string): Promise<string> =>
    (await resolveIn(zone({}, services), name)).problem
  t.equal(await problemWith([{ name: "gone", port: 5 }]), `${name}: gone: no such host`)
  t.equal(await problemWith([{ name: "", port: 0 }]), `${name}: no host offers this service`)
  t.equal(await problemWith("ENODATA"), `${name}: it has no SRV record`)
  t.equal(await problemWith("ETIMEOUT"), `${name}: the resolver does not answer`)
})
