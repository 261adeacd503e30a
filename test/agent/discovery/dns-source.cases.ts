import type { Addr } from "@conclave/base"
import { dnsSource } from "conclave/discovery/dns-source"
import type { Names } from "conclave/ports"
import { test } from "tap"

type Answer = Parameters<Names["resolve"]>[1]

function stage(name: string): {
  asked: string[]
  said: string[]
  answers: Answer[]
  source: ReturnType<typeof dnsSource>
} {
  const [asked, said, answers]: [string[], string[], Answer[]] = [[], [], []]
  const names: Names = {
    resolve: (text, done) => {
      asked.push(text)
      answers.push(done)
    },
  }
  const source = dnsSource(names, name)
  source.start(
    (addrs) => said.push(addrs.join()),
    ({ problem, hint }) => said.push(`${problem} | ${hint}`),
  )
  return { asked, said, answers, source }
}

test("a name is resolved at the start and at each refresh, one look-up at a time", (t) => {
  const { asked, said, answers, source } = stage("seed:80")
  source.refresh()
  t.same(asked, ["seed:80"], "the first look-up is not answered yet")
  answers[0]?.(["10.0.0.2:80" as Addr], "")
  source.refresh()
  answers[1]?.([], "seed: no such host")
  t.same(asked, ["seed:80", "seed:80"])
  t.equal(said[0], "10.0.0.2:80")
  t.match(said[1], /^seed: no such host \| see what "getent ahosts seed" says/)
  t.end()
})

test("a service is looked up with another command", (t) => {
  const { said, answers } = stage("_conclave._udp.example.org")
  answers[0]?.([], "nothing")
  t.match(said[0], /"dig SRV _conclave\._udp\.example\.org"/)
  t.end()
})

test("one that was stopped says nothing, and asks nobody", (t) => {
  const { asked, said, answers, source } = stage("seed")
  source.stop()
  answers[0]?.(["10.0.0.2:7951" as Addr], "")
  source.refresh()
  t.same(said, [])
  t.equal(asked.length, 1)
  t.end()
})
