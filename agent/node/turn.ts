/**
 * The end of a turn of the loop: what was put off till then is done, and what is to leave leaves, so that all that the
 * input of one turn led to goes in as few writes as there are receivers. A write to a socket costs more than most of
 * what leads to it, since it wakes whoever reads.
 */
let acts: (() => void)[] = []
let flushes: (() => void)[] = []
let isDue = false
let isEnding = false

/** Calls back once the input of this turn is dealt with. */
export function afterTurn(act: () => void): void {
  acts.push(act)
  due()
}

/**
 * Calls back behind everything that was put off till the end of this turn; from within that, at its end. Where nothing
 * was, as on a calm host, nothing is won by waiting, and it is called when the input at work is dealt with.
 */
export function atTurnEnd(flush: () => void): void {
  if (isDue || isEnding) flushes.push(flush)
  else process.nextTick(flush)
}

function due(): void {
  if (isDue) return
  isDue = true
  setImmediate(end)
}

function end(): void {
  const now = acts
  acts = []
  isDue = false
  isEnding = true
  try {
    for (const act of now) act()
  } finally {
    isEnding = false
    const leaving = flushes
    flushes = []
    for (const flush of leaving) flush()
  }
}
