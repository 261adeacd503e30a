import { test } from "tap"
import { wrongArrows } from "./arrows.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("every import follows the arrows of the architecture", (t) => {
  t.same(wrongArrows(codeOf(ownTree())), [])
  t.end()
})

test("an import against an arrow is found", (t) => {
  const wrong: readonly (readonly [string, string])[] = [
    ["base/ids.ts", `import { Swim } from "@conclave/swim"`],
    ["swim/probe.ts", `import { createSocket } from "node:dgram"`],
    ["swim/probe.ts", `import type { Clock } from "conclave/ports"`],
    ["swim/probe.ts", `import { term } from "@conclave/consensus"`],
    ["consensus/raft.ts", `import type { Member } from "@conclave/swim"`],
    ["consensus/raft.ts", `import { hrtime } from "node:process"`],
    ["sdk/client.ts", `import { createHash } from "node:crypto"`],
    ["sdk/client.ts", `import { z } from "zod"`],
    ["sdk/session-core/holds.ts", `import { connect } from "node:net"`],
    ["sdk/session-core/holds.ts", `import { Connection } from "../connection.ts"`],
    ["sdk/session-core/holds.ts", `import { ConclaveError } from "../errors.ts"`],
    ["agent/host.ts", `import { hostname } from "node:os"`],
    ["agent/host.ts", `import { openDisk } from "./node/disk.ts"`],
    ["agent/api/status.ts", `import { readFileSync } from "node:fs"`],
    ["agent/api/status.ts", `import { Swim } from "@conclave/swim/swim"`],
    ["agent/api/status.ts", `import { connect } from "@conclave/sdk"`],
    ["agent/config/load.ts", `import { hostname } from "node:os"`],
    ["agent/cli/members.ts", `import { Host } from "../host.ts"`],
    ["agent/cli/members.ts", `const main = await import("../main.ts")`],
    ["agent/cli/members.ts", `export { Host } from "../host.ts"`],
    ["agent/cli/dev/dev.ts", `import { startDaemon } from "../../node/daemon.ts"`],
    ["agent/node/disk.ts", `import { run } from "../cli/cli.ts"`],
    ["elsewhere/new.ts", ""],
  ]
  for (const [path, text] of wrong) t.equal(wrongArrows([{ path, text }]).length, 1, `${path}: ${text}`)
  t.end()
})

test("an import along an arrow is allowed", (t) => {
  const right: readonly (readonly [string, string])[] = [
    ["swim/probe.ts", `import { assert } from "@conclave/base"`],
    ["consensus/raft.ts", `import { assert } from "@conclave/base"`],
    ["agent/api/status.ts", `import { HEALTH_BITS, type Member } from "@conclave/swim"`],
    ["agent/api/status.ts", `import type { MemberStatus } from "@conclave/sdk"`],
    ["agent/api/status.ts", `import { type Member, type MemberStatus } from "@conclave/sdk"`],
    ["sdk/errors.ts", `import type { ErrorCode } from "./session-core/outcomes.ts"`],
    ["agent/node/disk.ts", `import { open } from "node:fs/promises"\nimport type { Disk } from "../ports.ts"`],
    ["agent/cli/members.ts", `import { connect } from "@conclave/sdk"\nimport { env } from "node:process"`],
    ["test/swim/probe.cases.ts", `import { Probe } from "@conclave/swim/probe"`],
  ]
  for (const [path, text] of right) t.same(wrongArrows([{ path, text }]), [], `${path}: ${text}`)
  t.end()
})
