import { type Found, itemsOf, newest, nextStep, type Survey, serialFor } from "conclave/keyring/survey"
import { test } from "tap"
import { asked } from "./stage.ts"

/** Keys by their names, the first seals: `b2 a` = b with the serial 2, and a without one. */
function found(name: string, keys: string | undefined, isLiving = true): Found {
  const ring = keys?.split(" ").flatMap((key) => {
    return key === "" ? [] : [{ fingerprint: key.slice(0, 1), serial: Number(key.slice(1)) }]
  })
  return { member: asked(name, isLiving), ring }
}

function namesOf(survey: Survey): readonly string[] {
  return survey.map(({ member }) => member.name)
}

test("each key is counted on all, and whoever has not answered is missing by name", (t) => {
  const survey = [found("z", "b2 a"), found("y", "a"), found("x", undefined), found("dead", undefined, false)]
  t.same(itemsOf(survey), [
    { fingerprint: "a", primary: true, members: 2, of: 4, missing: ["dead", "x"] },
    { fingerprint: "b", primary: true, members: 1, of: 4, missing: ["dead", "x", "y"] },
  ])
  t.same(itemsOf([found("a", "")]), [], "one whose gossip is open has none")
  t.end()
})

test("the newest key is the one with the highest serial; without any nobody knows", (t) => {
  t.same(newest([found("x", "a b2"), found("y", "a c1")]), ["b"])
  t.same(newest([found("x", "a b"), found("y", "b a")]), ["a", "b"])
  t.equal(serialFor([found("x", "a b2")], "b"), 2, "it is the newest already")
  t.equal(serialFor([found("x", "a b2")], "a"), 3)
  t.equal(serialFor([found("x", "a")], "new"), 1)
  t.equal(serialFor([found("x", "a4294967295")], "new"), 4_294_967_295, "more there are not")
  t.end()
})

test("the next step is what some living member lacks, and none is skipped", (t) => {
  const step = (...survey: readonly Found[]): readonly unknown[] => {
    const next = nextStep(survey, "b")
    return "who" in next ? [next.kind, ...namesOf(next.who)] : [next.kind]
  }
  t.same(step(found("x", "a b1"), found("y", "a")), ["install", "y"])
  t.same(step(found("x", "a b1"), found("y", undefined), found("z", "a")), ["install", "z"])
  t.same(step(found("x", "a b1"), found("y", undefined)), ["wait"])
  t.same(step(found("x", "a b1"), found("y", undefined, false)), ["use", "x"], "the dead are not waited for")
  t.same(step(found("x", "b1 a"), found("y", "a b1")), ["use", "y"])
  t.same(step(found("x", "b1 a"), found("y", "b1")), ["remove", "x"])
  t.same(step(found("x", "b1 a"), found("y", undefined)), ["wait"])
  t.same(step(found("x", "b1"), found("y", "b1 c a")), ["remove", "y"])
  t.same(step(found("x", "b1"), found("y", "")), ["install", "y"], "one whose gossip is open will refuse it")
  t.same(step(found("x", "b1"), found("y", "b1")), ["done"])
  t.end()
})
