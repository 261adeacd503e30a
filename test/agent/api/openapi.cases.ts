import { openApi } from "conclave/api/openapi"
import { pathsOf } from "conclave/api/route"
import { OPS } from "conclave/api/schema"
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
  t.end()
})
