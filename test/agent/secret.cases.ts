import { inspect } from "node:util"
import { Secret } from "conclave/secret"
import { test } from "tap"

const BYTES = new TextEncoder().encode("correct horse battery staple")

test("a secret is redacted however it is printed", async (t) => {
  const secret = new Secret(BYTES)
  const shown = [
    ...[`${secret}`, String(secret), JSON.stringify({ secret }), JSON.stringify([secret])],
    ...[
      inspect(secret),
      inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
      inspect(new Error("e", { cause: secret })),
    ],
    ...[JSON.stringify(Object.entries(secret)), JSON.stringify(Object.getOwnPropertyNames(secret))],
    JSON.stringify(structuredClone({ ...secret })),
  ]
  const [text, hex, base64] = (["utf8", "hex", "base64"] as const).map((encoding) =>
    Buffer.from(BYTES).toString(encoding),
  )
  for (const each of shown) {
    for (const leak of [text, hex, base64, BYTES.join(","), [...BYTES].join(", ")])
      t.notOk(each.includes(leak ?? ""), each)
  }
  t.equal(`${secret}`, "[secret]")
  t.equal(inspect(secret), "[secret]")
  t.equal(JSON.stringify(secret), '"[secret]"')
})

test("whoever uses it gets the bytes, and no later change of what it was made from", async (t) => {
  const source = Uint8Array.from(BYTES)
  const secret = new Secret(source)
  source.fill(0)
  t.same([...secret.reveal()], [...BYTES])
})
