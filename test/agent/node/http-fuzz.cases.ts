import { deepStrictEqual, equal, ok } from "node:assert/strict"
import { EventEmitter } from "node:events"
import type { IncomingMessage } from "node:http"
import { Random } from "@conclave/base"
import { route } from "conclave/api/route"
import { OPS } from "conclave/api/schema"
import { BODY_BYTES_MAX, type Body, readBody } from "conclave/node/http/http-body"
import { test } from "tap"
import { damaged, fuzz } from "../../fuzz.ts"

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "get", "__proto__"]
const TARGETS = [
  ...Object.values(OPS).map(({ path }) => path.replaceAll(/[[\]]/g, "").replaceAll(/\{\w+\}/g, "lock")),
  "/v1/hold/lock/a%2Fb",
  "/v1/kv/%E2%82%AC",
  "/v1/kv",
].map((text) => Buffer.from(`${text}?stale=true&prefix=a&prefix=b&timeoutMs=5`))

test("whatever is asked for by HTTP, it is an operation of that method with what its path names, or none", (t) => {
  const random = new Random(1501)
  const decode = (bytes: Uint8Array): boolean => {
    const [path = "", query] = Buffer.from(bytes).toString("latin1").split("?")
    const method = random.pick(METHODS)
    const routed = route(method, path, new URLSearchParams(query))
    if (routed === undefined) return false
    const { method: own, path: pattern } = OPS[routed.op]
    ok(own === method || method === "GET")
    for (const [, key] of pattern.matchAll(/^[^[]*\{(\w+)\}/g)) ok(typeof routed.input[key as string] === "string")
    return true
  }
  fuzz(t, 1502, { corpus: TARGETS, decode })
  t.end()
})

const BODIES = ['{"kind":"lock","waitMs":5,"value":{"é":[1,null]}}', '{"ifRev":"3"}', "[]", "x".repeat(32), ""]

test("whatever comes as a body, in whatever pieces, it is an object or is refused, once", (t) => {
  const random = new Random(1503)
  const whole = (bytes: Uint8Array, octetsAs: string | undefined, isCut: boolean): Body => {
    const request = Object.assign(new EventEmitter(), { headers: {} })
    const found: Body[] = []
    readBody(request as unknown as IncomingMessage, octetsAs, (body) => found.push(body))
    for (let at = 0; at < bytes.length; ) {
      const size = isCut ? 1 + random.below(40) : bytes.length
      request.emit("data", Buffer.from(bytes.subarray(at, at + size)))
      at += size
    }
    request.emit("end")
    request.emit("error", new Error("gone"))
    equal(found.length, 1)
    return found[0] as Body
  }
  const decode = (bytes: Uint8Array): boolean => {
    const octetsAs = random.chance(1, 4) ? "key" : undefined
    const body = whole(bytes, octetsAs, true)
    deepStrictEqual(body, whole(bytes, octetsAs, false))
    if (!body.ok) return false
    ok(typeof body.input === "object" && body.input !== null && !Array.isArray(body.input))
    return true
  }
  fuzz(t, 1504, { corpus: BODIES.map((text) => Buffer.from(text)), decode })
  const long = Buffer.concat([
    Buffer.alloc(BODY_BYTES_MAX, 32),
    damaged(random, [Buffer.from("{}{}{}")]),
    Buffer.alloc(1),
  ])
  t.notOk(whole(long, undefined, false).ok)
  t.end()
})
