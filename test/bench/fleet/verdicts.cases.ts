import type { Observation, Verdict } from "@conclave/bench/fleet/observation"
import { type Trial, trialFigures } from "@conclave/bench/fleet/verdicts"
import { test } from "tap"

const OBSERVERS = ["a", "b"]

function said(atMs: number, observer: string, subject: string, verdict: Verdict): Observation {
  return { atMs, observer, subject, verdict, initial: false }
}

function trialOf(lines: readonly Observation[]): Trial {
  return { faultAtMs: 100, faulty: new Set(["v"]), observers: OBSERVERS, lines }
}

test("a trial's times run from the fault to the first and to the last observer", async (t) => {
  const figures = trialFigures(
    trialOf([
      said(110, "b", "v", "suspect"),
      said(130, "a", "v", "suspect"),
      said(160, "a", "v", "dead"),
      said(190, "b", "v", "dead"),
      said(400, "a", "v", "alive"),
    ]),
  )
  t.same(figures, {
    firstSuspectMs: 10,
    allSuspectMs: 30,
    firstDeadMs: 60,
    allDeadMs: 90,
    falseDead: 0,
    falseDeadAtHealthy: 0,
    faultyDead: 2,
  })
})

test("a death without a suspicion before counts as one", async (t) => {
  const figures = trialFigures(trialOf([said(140, "a", "v", "dead"), said(150, "b", "v", "dead")]))
  t.match(figures, { firstSuspectMs: 40, allSuspectMs: 50, firstDeadMs: 40, allDeadMs: 50 })
})

test("everywhere has not happened while one observer is silent", async (t) => {
  const figures = trialFigures(trialOf([said(160, "a", "v", "dead"), said(170, "a", "v", "dead")]))
  t.match(figures, { firstDeadMs: 60, allDeadMs: null })
  t.match(trialFigures(trialOf([])), { firstSuspectMs: null, firstDeadMs: null, allDeadMs: null })
})

test("a false death is one per observer and change, and is told apart by the observer's health", async (t) => {
  const figures = trialFigures(
    trialOf([
      said(120, "a", "b", "dead"),
      said(130, "a", "b", "alive"),
      said(140, "a", "b", "dead"),
      said(150, "v", "a", "dead"),
      said(150, "a", "b", "suspect"),
    ]),
  )
  t.match(figures, { falseDead: 3, falseDeadAtHealthy: 2 })
})

test("a death of the victim before its fault is false", async (t) => {
  const figures = trialFigures(trialOf([said(99, "a", "v", "dead"), said(150, "a", "v", "dead")]))
  t.match(figures, { falseDead: 1, firstDeadMs: 50 })
})

test("rows of a first view are no change", async (t) => {
  const initial = { ...said(150, "a", "b", "dead"), initial: true }
  t.match(trialFigures(trialOf([initial])), { falseDead: 0 })
})
