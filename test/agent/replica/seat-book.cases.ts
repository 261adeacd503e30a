import { type Millis, millis } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import { type Member, makeRecord, type Seat } from "@conclave/swim"
import { numberOf, offeredBy, SeatBook } from "conclave/replica/seat-book"
import type { Hello } from "conclave/streams/stream-frame"
import { hostOf, replicaOf } from "conclave/wal/replica-id"
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

test("a replica is found under the address of the host that its id names, while that has it", (t) => {
  const book = bookOf(member(1, {}), member(2, undefined))
  const [first, next] = [replicaOf(idOf(1), idOf(501)), replicaOf(idOf(1), idOf(700))]
  t.equal(book.addrOf(first), addrOf(1))
  t.equal(book.ownerOf(first)?.id, idOf(1))
  book.changed(member(1, {}), member(1, { replica: idOf(700) }))
  t.equal(book.addrOf(first), undefined, "the member has another one now")
  t.equal(book.addrOf(next), addrOf(1))
  book.changed(member(1, {}), undefined)
  t.equal(book.addrOf(next), undefined)
  t.end()
})

test("a member can say of its own replicas alone which it has", (t) => {
  const seat = { cluster: "", replica: idOf(501), role: "voter", wish: "auto", isFull: false } as const
  const record = makeRecord(fieldsOf(1, { seat }))
  t.equal(offeredBy({ id: idOf(1), record }), replicaOf(idOf(1), idOf(501)))
  t.equal(numberOf(replicaOf(idOf(1), idOf(501))), idOf(501))
  t.equal(hostOf(offeredBy({ id: idOf(2), record }) as ReplicaId), idOf(2))
  t.equal(offeredBy({ id: idOf(1), record: makeRecord(fieldsOf(1, {})) }), undefined)
  t.end()
})

test("what one member says of its seat leads nobody away from another's replica", (t) => {
  const book = bookOf(member(1, {}))
  const theirs = replicaOf(idOf(1), idOf(501))
  book.changed(undefined, member(2, { replica: idOf(501) }))
  t.equal(book.addrOf(theirs), addrOf(1))
  t.equal(book.ownerOf(theirs)?.id, idOf(1))
  t.end()
})

test("each key speaks for its own member and the replicas there, and for none that has left", (t) => {
  const book = bookOf(member(1, {}), member(2, {}), member(3, {}, "dead"), member(4, {}, "left"), member(5, undefined))
  const may = (peer: number, purpose: Hello["purpose"], from: string): string | undefined =>
    book.objection({ kind: "hello", version: 1, purpose, cluster: CLUSTER, from, to: "" }, idOf(peer))
  const replica = (index: number): string => replicaOf(idOf(index), idOf(500 + index))
  for (const purpose of ["calls", "mirror", "reign"] as const) {
    t.equal(may(1, purpose, idOf(1)), undefined)
    t.equal(may(7, purpose, idOf(7)), undefined, "one that gossip has not told of yet")
    t.match(may(1, purpose, idOf(2)), /calls itself .* and has the key of member/)
    t.match(may(4, purpose, idOf(4)), /has left/)
  }
  for (const purpose of ["replica", "snapshot"] as const) {
    t.equal(may(1, purpose, replica(1)), undefined)
    t.equal(may(7, purpose, replica(7)), undefined, "of a host that gossip has not told of yet")
    t.match(may(1, purpose, replica(2)), /speaks for replica .* of .*, and has the key of member/)
    t.match(may(5, purpose, replica(2)), /speaks for replica /)
    t.match(may(4, purpose, replica(4)), /has left/)
    t.match(may(6, purpose, replica(3)), /speaks for replica /, "of one that is dead")
    t.match(may(6, purpose, replica(8)), /speaks for replica /, "of one that nobody knows")
    t.match(may(1, purpose, idOf(501)), /of no host/, "of one that is made up")
    book.changed(undefined, member(6, { replica: idOf(502) }))
    t.match(may(6, purpose, replica(2)), /speaks for replica /, "whatever it says of itself in gossip")
  }
  t.end()
})

test("a replica votes whose own host says so, in that cluster", (t) => {
  const book = bookOf(member(1, {}), member(2, { role: "learner" }), member(3, {}, "left"), member(4, {}, "dead"))
  const number = (index: number): string => idOf(500 + index)
  const votes = (index: number): boolean => book.votes(replicaOf(idOf(index), number(index)), CLUSTER)
  t.same([1, 2, 3, 4, 5].map(votes), [true, false, false, true, false])
  t.notOk(book.votes(replicaOf(idOf(1), number(2)), CLUSTER), "another one of that host")
  t.notOk(book.votes(replicaOf(idOf(1), number(1)), idOf(901)))
  t.end()
})

test("members of other clusters are those that say so, the living first; who left for good is none", (t) => {
  const other = { cluster: idOf(901) as string }
  t.same(bookOf(member(0, {}), member(1, { cluster: "" })).others(undefined), [])
  const book = bookOf(member(3, {}, "dead"), member(2, other, "suspect"), member(1, {}), member(4, other, "left"))
  const idsOf = (own: ClusterId | undefined) => book.others(own).map(({ id }) => id)
  t.same(idsOf(undefined), [idOf(1), idOf(2), idOf(3)])
  t.same(idsOf(CLUSTER), [idOf(2)])
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

test("what changes of one member moves nobody else: roles, clusters, and who is named first of several others", (t) => {
  const first = () => book.others(CLUSTER)[0]?.id
  const other = { cluster: idOf(901) as string }
  const book = bookOf(member(1, {}), member(2, other), member(3, other))
  t.equal(first(), idOf(2))
  book.changed(member(2, other), member(2, { ...other, role: "learner" }))
  t.equal(first(), idOf(2), "the same as before")
  t.same(book.relays(CLUSTER, 9), [addrOf(1)])
  book.changed(member(1, {}), member(1, { role: "none" }))
  t.same([book.relays(CLUSTER, 9), book.seats(CLUSTER)], [[], []])
  book.changed(member(2, other), member(2, {}))
  t.equal(first(), idOf(3))
  t.same(book.relays(CLUSTER, 9), [addrOf(2)])
  book.changed(member(3, other), undefined)
  t.equal(first(), undefined)
  t.equal(book.others(undefined).length, 2)
  t.end()
})
