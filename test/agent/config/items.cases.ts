import { withAddresses } from "conclave/config/items"
import { loadConfig } from "conclave/config/load"
import { test } from "tap"
import { machine } from "./surroundings.ts"

test("addresses that were chosen take the place of what was wished", (t) => {
  const loaded = loadConfig(["--bind", "127.0.0.1:0", "--tag", "a=b"], machine())
  if (!loaded.ok) throw new Error("it loads")
  const items = withAddresses(loaded.items, { bind: "127.0.0.1:5", advertise: "127.0.0.1:5", why: "because" })
  const of = (key: string): unknown => items.find((item) => item.key === key)
  t.same(of("bind"), { key: "bind", value: "127.0.0.1:5", origin: "flag --bind" })
  t.same(of("advertise"), { key: "advertise", value: "127.0.0.1:5", origin: "chosen: because" })
  t.same(of("tags.a"), { key: "tags.a", value: "b", origin: "flag --tag" })
  t.same(of("gossip.suspicionMult"), { key: "gossip.suspicionMult", value: 2.2, origin: "profile lan" })
  t.same(of("httpAddr"), { key: "httpAddr", value: "127.0.0.1:7952", origin: "default" })
  t.end()
})
