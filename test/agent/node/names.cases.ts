import type { Addr } from "@conclave/base"
import { openNames } from "conclave/node/names"
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
