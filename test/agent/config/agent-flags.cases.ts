import { AGENT_FLAGS } from "conclave/config/agent-flags"
import { KEYS } from "conclave/config/keys"
import { test } from "tap"

test("a flag is named like the key that it sets", (t) => {
  const kebab = (key: string): string =>
    key.replace(/^discovery\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  for (const { name, key } of AGENT_FLAGS) {
    if (key === undefined) continue
    t.ok(Object.hasOwn(KEYS, key), key)
    t.equal(name, key === "tags" ? "tag" : kebab(key))
  }
  t.end()
})
