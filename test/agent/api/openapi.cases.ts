import { openApi } from "conclave/api/openapi"
import { pathsOf } from "conclave/api/route"
import { OPS, PLAIN } from "conclave/api/schema"
import { test } from "tap"

type Operation = { operationId: string; parameters?: { name: string; in: string; required: boolean }[] }

test("every operation is described at its paths, and every reference leads somewhere", (t) => {
  const { paths, components } = openApi() as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, unknown> }
  }
  const ids: string[] = []
  for (const { method, path } of Object.values(OPS)) {
    for (const each of pathsOf(path)) {
      const operation = paths[each]?.[method.toLowerCase()]
      t.ok(operation, `${method} ${each}`)
      ids.push(operation?.operationId ?? "")
      const inPath = [...each.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const named = operation?.parameters?.filter((parameter) => parameter.in === "path").map(({ name }) => name) ?? []
      t.same(named.sort(), inPath.sort(), "path parts are parameters")
    }
  }
  t.equal(new Set(ids).size, ids.length, "ids are unique")
  const text = JSON.stringify({ paths, components })
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
    t.ok(components.schemas[name ?? ""], name ?? "")
  t.notMatch(text, /\$defs/)
  t.equal(openApi(), openApi(), "made once, not for each who asks")
  t.end()
})

test("errors, time limits and what is no operation are described, and nothing is closed to new keys", (t) => {
  const { paths } = openApi() as { paths: Record<string, Record<string, object>> }
  const failure = { $ref: "#/components/schemas/Failure" }
  const refused = { responses: { default: { content: { "application/json": { schema: failure } } } } }
  for (const { method, path } of Object.values(OPS))
    t.match(paths[pathsOf(path)[0] ?? ""]?.[method.toLowerCase()], refused)
  t.match(paths["/v1/ping"]?.["post"], { parameters: [{ name: "timeoutMs", in: "query", required: false }] })
  t.notMatch(JSON.stringify(paths["/v1/events"]), /timeoutMs/, "streams have no limit")
  for (const path of Object.keys(PLAIN)) t.ok(paths[path]?.["get"], path)
  const lines = { anyOf: [{}, { $ref: "#/components/schemas/StreamFailure" }] }
  for (const path of ["/v1/events", "/v1/watch/{kind}"]) {
    const content = { "application/x-ndjson": { schema: lines } }
    t.match(paths[path]?.["get"], { responses: { 200: { content } } }, "the last line may be an error")
  }
  t.match(paths["/v1/stream"]?.["get"], { responses: { 101: {}, 426: {} } })
  t.match(paths["/readyz"]?.["get"], { responses: { 200: {}, 503: {} } })
  t.notMatch(JSON.stringify(openApi()), /"additionalProperties":false/)
  t.end()
})
