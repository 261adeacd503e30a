import type { OpSchema } from "conclave/api/op-schema"
import { pathsOf, route } from "conclave/api/route"
import { OPS } from "conclave/api/schema"
import fc from "fast-check"
import { test } from "tap"

const NONE = new URLSearchParams()

test("each operation is found by its method and path, and by those alone", (t) => {
  for (const [op, schema] of Object.entries(OPS)) {
    const { method, path, words = {} }: OpSchema = schema
    for (const each of pathsOf(path)) {
      const concrete = each.replaceAll(/\{(\w+)\}/g, (_, part: string) => words[part]?.[0] ?? "x")
      t.equal(route(method, concrete, NONE)?.op, op)
      t.equal(route("HEAD", concrete, NONE), undefined)
      t.equal(route(method, `${concrete}/`, NONE), undefined)
      t.equal(route(method, concrete.toUpperCase(), NONE), undefined)
    }
  }
  t.end()
})

test("parts of a path are decoded once and outrank the query", (t) => {
  t.same(route("GET", "/v1/members/a%2Fb%2525", new URLSearchParams("name=c&x=1&x=2")), {
    op: "members.get",
    input: { name: "a/b%25", x: ["1", "2"] },
  })
  t.same(route("GET", "/v1/watch/members/a", NONE), { op: "watch", input: { kind: "members", name: "a" } })
  for (const path of ["/v1/members/%", "/v1/members/%zz", "/v1/members/%ff", "/v1/members/", "/v1/watch//"]) {
    t.equal(route("GET", path, NONE), undefined, path)
  }
  t.same(route("POST", "/v1/ping", new URLSearchParams("name=a"))?.input, {}, "others take no query")
  t.end()
})

test("no path and no query breaks anything", (t) => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (path, query) => {
      const params = new URLSearchParams(`${query}&__proto__=1&__proto__=2&constructor=3`)
      route("GET", path, params)
      const found = route("GET", `/v1/members/${path.replaceAll("/", "")}`, params)
      return found === undefined || Object.getPrototypeOf(found.input) === Object.prototype
    }),
    { numRuns: 2000 },
  )
  t.end()
})
