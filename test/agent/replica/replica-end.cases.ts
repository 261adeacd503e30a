import { ENDS, lost, STOPS } from "conclave/replica/replica-end"
import { test } from "tap"

test("every end says in words what is wrong and what to do; whoever was removed need do nothing", (t) => {
  for (const { code, message, hint } of [
    ...Object.values(ENDS),
    ...Object.values(STOPS),
    lost("a-disk", "it is dead"),
  ]) {
    t.match(code, /^[a-z]+(-[a-z]+)+$/)
    t.match(message, / /)
    if (code !== "replica-removed") t.match(hint, / /)
  }
  t.end()
})

test("files are gone on with where a newer program can, and nowhere else", (t) => {
  const sound = [...Object.values(ENDS), ...Object.values(STOPS)].filter(({ leaves }) => leaves === "sound")
  t.same(new Set(sound.map(({ code }) => code)), new Set(["replica-too-old"]))
  t.end()
})
