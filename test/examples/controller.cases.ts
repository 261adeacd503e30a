import { test } from "tap"
import { conclave, eventually, type Program } from "../program.ts"
import { example, LONG, theAgents } from "./fleet.ts"

/** Under which token a controller leads, as it says; undefined = it does not. */
function leads({ lines }: Program): bigint | undefined {
  const last = lines.findLast((line) => line.startsWith("leads"))
  const token = /^leads under token (\d+)$/.exec(last ?? "")?.[1]
  return token === undefined ? undefined : BigInt(token)
}

test("of three controllers one is at work, and another goes on when its host dies", LONG, async (t) => {
  const agents = await theAgents(t)
  const { n1, n3 } = agents
  const put = async (replicas: number): Promise<void> => {
    const { code } = await conclave(t, "kv", "put", "apps/web", JSON.stringify({ replicas }), "--socket", n1.socket)
      .ended
    t.equal(code, 0)
  }
  const placed = async (count: number): Promise<{ readonly hosts: readonly string[]; readonly token: string }> => {
    for (;;) {
      const { stdout } = await conclave(t, "kv", "get", "placements/web", "--json", "--socket", n1.socket).ended
      if (stdout === "") continue
      const { value } = JSON.parse(stdout)
      if (value.hosts.length === count) return value
    }
  }
  const first = example(t, n3, "controller")
  t.ok(await eventually(() => leads(first) !== undefined))
  const others = [n1, agents.n2].map((agent) => example(t, agent, "controller"))
  await put(3)
  const before = leads(first)
  t.same(await placed(3), { hosts: ["n1", "n2", "n3"], token: String(before) })
  n3.program.signal("SIGKILL")
  t.ok(await eventually(() => others.some((each) => leads(each) !== undefined)), "another one leads")
  t.ok(await eventually(() => leads(first) === undefined), "and it knows itself that it does not")
  const { hosts, token } = await placed(2)
  t.same(hosts, ["n1", "n2"], "what was on the host that died")
  t.ok(BigInt(token) > (before ?? 0n))
  t.equal(others.filter((each) => leads(each) !== undefined).length, 1)
  await agents.revive(t)
  await placed(3)
  t.equal(leads(first), undefined, "it stands again, behind the other")
})
