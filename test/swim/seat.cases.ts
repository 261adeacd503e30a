import type { Seat } from "@conclave/swim"
import { isSameSeat, readSeat, wireSeat } from "@conclave/swim/seat"
import { test } from "tap"
import { idOf } from "./stage.ts"

const SEAT: Seat = { cluster: idOf(1), replica: idOf(2), role: "voter", wish: "yes", isFull: false }

test("a seat is read as it was written, whatever of it is empty", (t) => {
  for (const role of ["none", "learner", "voter"] as const) {
    for (const wish of ["auto", "yes", "never"] as const) {
      for (const cluster of [SEAT.cluster, ""]) {
        for (const isFull of [false, true]) {
          const seat = { cluster, replica: SEAT.replica, role, wish, isFull }
          t.same(readSeat(wireSeat(seat)), seat)
        }
      }
    }
  }
  t.equal(readSeat(wireSeat(undefined)), undefined)
  t.end()
})

test("a role or wish of a later version makes nobody a voter", (t) => {
  t.same(readSeat({ ...wireSeat(SEAT), raftRole: 9, voterWish: 9 }), { ...SEAT, role: "none", wish: "never" })
  t.end()
})

test("ids of another length are no ids", (t) => {
  t.equal(readSeat({ ...wireSeat(SEAT), clusterId: new Uint8Array(15) }), "malformed")
  t.equal(readSeat({ ...wireSeat(SEAT), replicaId: new Uint8Array(17) }), "malformed")
  t.end()
})

test("seats are the same when all of them is", (t) => {
  t.ok(isSameSeat(SEAT, { ...SEAT }))
  t.ok(isSameSeat(undefined, undefined))
  t.notOk(isSameSeat(SEAT, undefined))
  for (const other of [{ cluster: "" }, { replica: idOf(3) }, { role: "none" }, { isFull: true }] as const) {
    t.notOk(isSameSeat(SEAT, { ...SEAT, ...other }))
  }
  t.end()
})
