import { Socket } from "node:net"
import { PassedStreams } from "conclave/node/links/passed-streams"
import { test } from "tap"
import { until } from "../until.ts"

const PASS = { secret: undefined, isDialled: true }

test("what is not valid any more ends a few at a time, and what is stays", async (t) => {
  const passed = new PassedStreams()
  const [bad, good] = [Array.from({ length: 35 }, () => new Socket()), Array.from({ length: 3 }, () => new Socket())]
  for (const socket of bad) passed.keep(socket, PASS)
  for (const socket of good) passed.keep(socket, { ...PASS, isDialled: false })
  const ended = (): number => bad.filter(({ destroyed }) => destroyed).length
  passed.review(({ isDialled }) => !isDialled)
  t.equal(ended(), 10)
  await until("the next end", () => ended() === 20)
  const late = new Socket()
  passed.keep(late, PASS)
  await until("all have ended, and who came meanwhile", () => ended() === 35 && late.destroyed)
  t.notOk(good.some(({ destroyed }) => destroyed))
  passed.review(() => true)
  for (const socket of good) socket.destroy()
})

test("the last review counts", async (t) => {
  const passed = new PassedStreams()
  const sockets = Array.from({ length: 15 }, () => new Socket())
  for (const socket of sockets) passed.keep(socket, PASS)
  passed.review(() => false)
  passed.review(() => true)
  const other = new PassedStreams()
  const others = Array.from({ length: 15 }, () => new Socket())
  for (const socket of others) other.keep(socket, PASS)
  other.review(() => false)
  await until("these have ended", () => others.every(({ destroyed }) => destroyed))
  t.equal(sockets.filter(({ destroyed }) => destroyed).length, 10, "and those not")
  for (const socket of sockets) socket.destroy()
})
