import type { FleetMember } from "@conclave/sim/fleet"
import { test } from "tap"
import { BusyFleet, type Dial } from "./busy-fleet.ts"

const HOSTS = 100
/** Of an even share; who has which relay is as good as drawn. */
const UNEVEN = 1.2

/** The most of them that come within one second. */
function inWorstSecond(dials: readonly Dial[]): number {
  const within = dials.map(({ atUs }) => dials.filter((other) => other.atUs >= atUs && other.atUs < atUs + 1e6).length)
  return Math.max(0, ...within)
}

test("a new leader of a fleet is dialled by its share of those alone whose relay the old one was", async (t) => {
  const busy = new BusyFleet(HOSTS)
  await busy.begin()
  const seated = new Set(busy.seats.map(({ machine }) => machine.name))
  const bySeatless = ({ from, kind }: Dial): boolean => kind === "channel" && !seated.has(from)
  const to =
    ({ machine }: FleetMember): ((dial: Dial) => boolean) =>
    (dial) =>
      dial.to === machine.addr

  const former = busy.leader as FleetMember
  const carried = busy.dials.filter(to(former)).filter((dial) => dial.isOpen && bySeatless(dial))
  t.ok(carried.length >= HOSTS, `it was the relay of many: ${carried.length} streams stood there`)
  let known = busy.dials.length
  busy.fleet.kill(former)
  await busy.advance(12_000)
  const dials = busy.dials.slice(known)
  const moved = dials.filter((dial) => bySeatless(dial) && !to(former)(dial))
  const losers = new Set(carried.map(({ from }) => from))
  t.strictSame(
    moved.filter(({ from }) => !losers.has(from)),
    [],
    "who has lost nothing dials nobody",
  )
  t.ok(moved.length <= carried.length, `no more are dialled than were lost: ${moved.length}`)
  const leader = busy.leader as FleetMember
  const taken = dials.filter(to(leader))
  t.comment(`${taken.length} came to the new leader, ${inWorstSecond(taken)} of them within a second`)
  const shareMax = (UNEVEN * carried.length) / (seated.size - 1)
  for (const seat of busy.seats) {
    const share = dials.filter(to(seat)).length
    t.ok(share <= shareMax, `${seat.machine.name} takes its share: ${share}`)
  }
  t.strictSame(
    [...busy.locks].filter(([name, lock]) => name !== former.machine.name && !lock.held).map(([name]) => name),
    [],
    "nobody else has lost its lock",
  )

  known = busy.dials.length
  leader.machine.process?.task(() => leader.host?.consensus?.running?.transfer())
  await busy.advance(5000)
  t.not(busy.leader, leader, "another leads now")
  t.strictSame(busy.dials.slice(known).filter(bySeatless), [], "a leader that hands over moves no stream of theirs")
})
