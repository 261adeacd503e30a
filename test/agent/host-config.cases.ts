import { GENERATION_MAX, type Generation } from "@conclave/base"
import { raftConfig } from "@conclave/consensus"
import { swimConfig } from "@conclave/swim"
import { type HostConfig, ownRecord } from "conclave/host-config"
import { test } from "tap"
import { addrOf, idOf } from "../swim/stage.ts"

const CONFIG: HostConfig = {
  id: idOf(3),
  name: "db-1",
  addr: addrOf(3),
  cluster: "prod",
  join: [],
  profile: "lan",
  swim: swimConfig("lan"),
  tags: { role: "db" },
  zone: "a",
  version: "1.2.3",
  restartGraceMs: 30_000,
  voter: "auto",
  raft: raftConfig(),
  bootstrap: false,
  faultInjection: false,
  items: [],
  warnings: [],
}

test("a member begins healthy, with the first incarnation of its generation", (t) => {
  t.same(ownRecord(CONFIG, GENERATION_MAX as Generation), {
    id: idOf(3),
    name: "db-1",
    addr: addrOf(3),
    generation: GENERATION_MAX,
    incarnation: 0,
    tags: { role: "db" },
    zone: "a",
    version: "1.2.3",
    protocolMin: 1,
    protocolMax: 1,
    health: 0,
    restartingForMs: 0,
  })
  t.end()
})
