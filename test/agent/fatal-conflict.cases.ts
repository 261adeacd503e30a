import type { MemberRecord } from "@conclave/swim"
import { fatalOf } from "conclave/fatal-conflict"
import { TWIN_HINT } from "conclave/gossip/member-log"
import { test } from "tap"
import { addrOf, idOf, recordOf } from "../swim/stage.ts"

const OWN = { id: idOf(0), addr: addrOf(0) }

function between(holder: MemberRecord, challenger: MemberRecord, fatal = true): ReturnType<typeof fatalOf> {
  return fatalOf({ kind: "nameConflict", name: "db", holder, challenger, fatal }, OWN)
}

test("whoever may go on is told nothing", (t) => {
  t.equal(between(recordOf(0), recordOf(5), false), undefined)
  t.end()
})

test("a name is the other's, whichever of the two came first", (t) => {
  for (const fatal of [between(recordOf(5), recordOf(0)), between(recordOf(0), recordOf(5))]) {
    const message = `the name db belongs to the living member ${idOf(5)} at ${addrOf(5)}`
    t.match(fatal, { exitCode: 7, reason: "name-taken", message, hint: /--name/ })
  }
  t.end()
})

test("a key that runs twice is told with the address of the other agent", (t) => {
  const elsewhere = recordOf(0, { addr: addrOf(5) })
  for (const fatal of [between(elsewhere, recordOf(0)), between(recordOf(0), elsewhere)]) {
    t.match(fatal, { exitCode: 7, reason: "key-taken", hint: TWIN_HINT })
    t.match(fatal?.message, `at ${addrOf(5)}; its data directory was copied`)
  }
  t.end()
})
