import { type Millis, millis } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import { type Member, makeRecord, type Seat } from "@conclave/swim"
import { SeatBook } from "conclave/replica/seat-book"
import type { Hello } from "conclave/streams/stream-frame"
import { test } from "tap"
import { addrOf, fieldsOf, idOf } from "../../swim/stage.ts"

const CLUSTER = idOf(900) as string as ClusterId
const NOW: Millis = millis(0)

function member(index: number, seat: Partial<Seat> | undefined, state: Member["state"] = "alive"): Member {
  const whole: Seat = {
    cluster: CLUSTER,
    replica: idOf(500 + index),
    role: "voter",
    wish: "auto",
    isFull: false,
    ...seat,
  }
  const record = makeRecord(fieldsOf(index, seat === undefined ? {} : { seat: whole }))
  return { id: idOf(index), record, state, sinceMs: NOW, restartingUntilMs: undefined, accusers: [] }
}

function bookOf(...members: readonly Member[]): SeatBook {
  const book = new SeatBook(idOf(0))
  for (const each of members) book.changed(undefined, each)
  return book
}

test("a replica is found by its id, under the address of its member", (t) => {
  const book = bookOf(member(1, {}), member(2, undefined))
  const replica = idOf(501) as string as ReplicaId
  t.equal(book.addrOf(replica), addrOf(1))
  t.equal(book.ownerOf(replica)?.id, idOf(1))
  book.changed(member(1, {}), member(1, { replica: idOf(700) }))
  t.equal(book.addrOf(replica), undefined, "the member has another one now")
  t.equal(book.addrOf(idOf(700) as string as ReplicaId), addrOf(1))
  book.changed(member(1, {}), undefined)
  t.equal(book.addrOf(idOf(700) as string as ReplicaId), undefined)
  t.end()
})

test("each key speaks for its own member and the replica there, and for none that has left", (t) => {
  const book = bookOf(member(1, {}), member(2, {}), member(3, {}, "dead"), member(4, {}, "left"), member(5, undefined))
  const may = (peer: number, purpose: Hello["purpose"], from: string): string | undefined =>
    book.objection({ kind: "hello", version: 1, purpose, cluster: CLUSTER, from, to: "" }, idOf(peer))
  const replica = (index: number): string => idOf(500 + index)
  for (const purpose of ["calls", "mirror", "reign"] as const) {
    t.equal(may(1, purpose, idOf(1)), undefined)
    t.equal(may(7, purpose, idOf(7)), undefined, "one that gossip has not told of yet")
    t.match(may(1, purpose, idOf(2)), /calls itself .* and has the key of member/)
    t.match(may(4, purpose, idOf(4)), /has left/)
  }
  for (const purpose of ["replica", "snapshot"] as const) {
    t.equal(may(1, purpose, replica(1)), undefined)
    t.match(may(1, purpose, replica(2)), /replica .* is that of /)
    t.match(may(5, purpose, replica(2)), /replica .* is that of /)
    t.match(may(4, purpose, replica(4)), /has left/)
    t.equal(may(1, purpose, idOf(900)), undefined, "a new one that gossip has not told of yet")
    t.equal(may(6, purpose, replica(3)), undefined, "of one that is dead: its host came back with another key")
  }
  t.end()
})

test("a cluster is seen through any other member that belongs to one, dead ones too", (t) => {
  t.equal(bookOf(member(0, {}), member(1, { cluster: "" })).sighting(), undefined)
  t.equal(bookOf(member(3, {}, "dead")).sighting()?.cluster, CLUSTER)
  t.end()
})

test("a living member of another cluster is a stranger", (t) => {
  const other = { cluster: idOf(901) as string }
  t.equal(bookOf(member(1, {}), member(2, { cluster: "" })).stranger(CLUSTER), undefined)
  t.equal(bookOf(member(1, other, "dead")).stranger(CLUSTER), undefined)
  t.equal(bookOf(member(1, other)).stranger(CLUSTER)?.id, idOf(1))
  t.end()
})

test("relays are those with the log, in an order of this host's own; suspects come last, the dead not at all", (t) => {
  const members = [
    member(1, {}),
    member(2, { role: "learner" }),
    member(3, { role: "none" }),
    member(4, {}, "dead"),
    member(5, { cluster: idOf(901) }),
    member(0, {}),
  ]
  const relays = bookOf(...members).relays(CLUSTER, 9)
  t.same([...relays].sort(), [addrOf(1), addrOf(2)])
  t.equal(bookOf(...members).relays(CLUSTER, 1).length, 1)
  const having = [1, 2, 3, 5].filter((each) => bookOf(...members).hasLog(idOf(each), CLUSTER))
  t.same(having, [1, 2])
  const suspect = bookOf(member(1, {}, "suspect"), member(2, {}), member(6, {}, "suspect")).relays(CLUSTER, 9)
  t.equal(suspect[0], addrOf(2))
  t.end()
})

test("hosts spread over the relays", (t) => {
  const first = new Set<string>()
  for (let self = 10; self < 40; self++) {
    const book = new SeatBook(idOf(self))
    for (const index of [1, 2, 3]) book.changed(undefined, member(index, {}))
    first.add(book.relays(CLUSTER, 2)[0] ?? "")
  }
  t.equal(first.size, 3)
  t.end()
})

test("what changes of one member moves nobody else: roles, clusters, and who is named of several strangers", (t) => {
  const other = { cluster: idOf(901) as string }
  const book = bookOf(member(1, {}), member(2, other), member(3, other))
  t.equal(book.stranger(CLUSTER)?.id, idOf(2))
  book.changed(member(2, other), member(2, { ...other, role: "learner" }))
  t.equal(book.stranger(CLUSTER)?.id, idOf(2), "the same as before")
  t.same(book.relays(CLUSTER, 9), [addrOf(1)])
  book.changed(member(1, {}), member(1, { role: "none" }))
  t.same([book.relays(CLUSTER, 9), book.seats(CLUSTER)], [[], []])
  book.changed(member(2, other), member(2, {}))
  t.equal(book.stranger(CLUSTER)?.id, idOf(3))
  t.same(book.relays(CLUSTER, 9), [addrOf(2)])
  book.changed(member(3, other), undefined)
  t.equal(book.stranger(CLUSTER), undefined)
  t.equal(book.sighting()?.cluster, CLUSTER)
  t.end()
})
