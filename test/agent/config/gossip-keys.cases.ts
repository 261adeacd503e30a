import { swimConfig } from "@conclave/swim"
import { GOSSIP_KEYS } from "conclave/config/gossip-keys"
import { test } from "tap"

test("every field of the core's configuration but the mode has one key", (t) => {
  const fields = Object.values(GOSSIP_KEYS).map(({ field }) => field)
  t.same([...fields, "mode"].sort(), Object.keys(swimConfig()).sort())
  t.end()
})

test("a field's unit and a key's notation agree", (t) => {
  for (const [key, { field, notation }] of Object.entries(GOSSIP_KEYS)) {
    t.equal(notation === "duration", field.endsWith("Ms"), key)
    t.equal(notation === "thousandths", field.endsWith("Milli"), key)
  }
  t.end()
})
