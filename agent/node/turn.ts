/**
 * The end of a turn of the loop: what was put off till then is done, and what is to leave leaves, so that all that the input
 * of one turn led to goes in as few writes as there are receivers. A write to a socket costs more than most of what leads
 * to it, since it wakes whoever reads.
 */
let acts: (() => void)[] = []
let flushes: (() => void)[] = []
let isDue = false

/** Calls back once the input of this turn is dealt with. */
export function afterTurn(act: () => void): void {
  acts.push(act)
  due()
}

/** Calls back behind everything that was put off till the end of this turn; from within that, at its end. */
export function atTurnEnd(flush: () => void): void {
  flushes.push(flush)
  due()
}

function due(): void {
  if (isDue) return
  isDue = true
  setImmediate(end)
}

function end(): void {
  const now = acts
  acts = []
  try {
    for (const act of now) act()
  } finally {
    const leaving = flushes
    flushes = []
    isDue = false
    if (acts.length > 0) due()
    for (const flush of leaving) flush()
  }
}
