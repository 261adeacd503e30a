import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { readJoinKeyFile } from "conclave/node/join-key-file"
import { SecretFileError } from "conclave/node/secret-file"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a join secret is one line; further ones are those before it", (t) => {
  const path = join(temporaryDirectory(t), "join.key")
  writeFileSync(path, "sixteen letters.\n", { mode: 0o600 })
  t.same(
    readJoinKeyFile(path).map((secret) => Buffer.from(secret.reveal()).toString()),
    ["sixteen letters."],
  )
  writeFileSync(path, "the secret of today\r\n\n  the secret of yesterday")
  t.same(
    readJoinKeyFile(path).map((secret) => Buffer.from(secret.reveal()).toString()),
    ["the secret of today", "the secret of yesterday"],
  )
  t.end()
})

test("what is no secret is refused with the next step, and nothing of it is said", (t) => {
  const path = join(temporaryDirectory(t), "join.key")
  for (const [text, words] of [
    ["", /has no secret; make one: conclave keyring gen > .*join.key$/],
    ["\n \n", /has no secret/],
    ["fifteen letters\n", /less than 16 bytes; make one/],
    ["long enough to be one\nshort\n", /less than 16 bytes/],
    ["a secret of some length\n# of some length, made by\n", /line 2 of .* begins with #: .*; remove the line$/],
    ["a secret of some length\n".repeat(4), /has 4 secrets, at most 3 are taken; remove the oldest/],
  ] as const) {
    writeFileSync(path, text, { mode: 0o600 })
    const refused = { name: SecretFileError.name, message: words }
    t.throws(() => readJoinKeyFile(path), refused)
    t.throws(() => readJoinKeyFile(path), { message: /^(?!.*(fifteen|short|some length))/ })
  }
  t.end()
})
