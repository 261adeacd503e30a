import { addr } from "@conclave/base"
import { Ways } from "conclave/node/discovery/ways"
import { test } from "tap"

const [a, b] = [addr("10.0.0.1:1"), addr("10.0.0.2:1")]
const [one, other] = [addr("127.0.0.1:1"), addr("127.0.0.1:2")]

test("an address is reached at itself unless another way there is known, and answers come from it", (t) => {
  const ways = new Ways()
  t.same([ways.to(a), ways.from(one)], [a, one])
  ways.set(a, one)
  t.same([ways.to(a), ways.from(one), ways.to(b)], [one, a, b])
  ways.set(a, other)
  t.same([ways.to(a), ways.from(other), ways.from(one)], [other, a, one], "a way that is replaced leads nowhere")
  ways.delete(a)
  ways.delete(b)
  t.same([ways.to(a), ways.from(other)], [a, other])
  t.end()
})
