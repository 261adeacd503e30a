import { Program } from "../program.ts"
import { type Section, Shown, type Step } from "./http-page.ts"

/** Beyond this a line of a stream does not come. */
const LINE_LIMIT_MS = 60_000

const NOTHING: Promise<readonly string[]> = Promise.resolve([])

interface Tested {
  readonly teardown: (ended: () => unknown) => void
}

/** Does what a page says, one command after the other, and tells what is not as it says. */
export class PageReader {
  readonly #t: Tested
  /** What stands for what in its commands: addresses and paths of this machine. */
  readonly #here: Readonly<Record<string, string>>
  readonly #before: (step: Step) => Promise<void>
  /** What is shown twice in one section is the same twice. */
  #shown: Shown = new Shown()
  /** The commands as they were run. */
  readonly ran: string[] = []

  constructor(
    t: Tested,
    o: { readonly here: Readonly<Record<string, string>>; readonly before?: (step: Step) => Promise<void> },
  ) {
    this.#t = t
    this.#here = o.here
    this.#before = o.before ?? (async () => {})
  }

  async read({ steps }: Section): Promise<readonly string[]> {
    const problems: string[] = []
    const going: Program[] = []
    const later: (() => Promise<readonly string[]>)[] = []
    this.#shown = new Shown()
    for (const step of steps) {
      await this.#before(step)
      const command = this.#commandOf(step)
      this.ran.push(command)
      const isStream = / -sN /.test(command)
      const isBehind = command.endsWith("&")
      const program = new Program(this.#t, ["sh", "-c", `exec ${command.replace(/ *&$/, "")}`])
      if (isStream || isBehind) going.push(program)
      // What a watch tells after its first line comes of what is done later.
      const now = /\/v1\/watch\//.test(command) ? 1 : step.answers.length
      const stream = new ShownStream(step, program, this.#shown)
      if (isStream) problems.push(...(await stream.lines(now)))
      if (isStream) later.push(() => (step.answers.length > now ? stream.lines(step.answers.length) : NOTHING))
      else if (isBehind) later.push(() => this.#answer(step, program))
      else problems.push(...(await this.#answer(step, program)))
    }
    for (const each of later) problems.push(...(await each()))
    for (const each of going) each.signal("SIGKILL")
    await Promise.all(going.map(({ ended }) => ended))
    return problems
  }

  #commandOf({ command }: Step): string {
    let text = this.#shown.inTruth(command)
    for (const [shown, real] of Object.entries(this.#here)) text = text.replaceAll(shown, real)
    return text
  }

  async #answer(step: Step, program: Program): Promise<readonly string[]> {
    const { code, stdout } = await program.ended
    const lines = stdout.split("\n").filter((line) => line !== "")
    if (code !== 0 || lines.length === 0) return [said(step, `exit code ${code}, ${lines.length} lines`)]
    if (step.answers.length === 0) return /^\{"error":/.test(stdout) ? [said(step, stdout)] : []
    return step.answers.flatMap((answer, at) => {
      const told = this.#shown.difference(answer, lines[at] ?? "")
      return told === undefined ? [] : [said(step, `${told}: ${lines[at]}`)]
    })
  }
}

/** The lines that are shown come in this order; others, as `beat`, may come between. */
class ShownStream {
  readonly #step: Step
  readonly #program: Program
  readonly #shown: Shown
  /** How many of those that are shown have come, and behind which line of the stream. */
  #told = 0
  #from = 0

  constructor(step: Step, program: Program, shown: Shown) {
    this.#step = step
    this.#program = program
    this.#shown = shown
  }

  /** Waits for the first so many; where none is shown for any line at all. */
  async lines(count: number): Promise<readonly string[]> {
    const { answers } = this.#step
    if (answers.length === 0) {
      const isThere = await comes(this.#program, (line) => !line.startsWith('{"error":'))
      return isThere ? [] : [said(this.#step, this.#program.lines.join(" "))]
    }
    while (this.#told < Math.min(count, answers.length)) {
      const told = await this.#next(answers[this.#told++] ?? "")
      if (told !== undefined) return [said(this.#step, told)]
    }
    return []
  }

  async #next(answer: string): Promise<string | undefined> {
    const { lines } = this.#program
    let told: string | undefined
    const isShown = (line: string): boolean => {
      const at = lines.indexOf(line, this.#from)
      if (at < 0) return false
      told = this.#shown.difference(answer, line)
      if (told === undefined) this.#from = at + 1
      return told === undefined
    }
    return (await comes(this.#program, isShown)) ? undefined : `${told}: ${lines.slice(this.#from).join(" ")}`
  }
}

function comes(program: Program, isShown: (line: string) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), LINE_LIMIT_MS)
    const settle = (isThere: boolean): void => {
      clearTimeout(timer)
      resolve(isThere)
    }
    program.line(isShown).then(
      () => settle(true),
      () => settle(false),
    )
  })
}

function said({ at, command }: Step, what: string): string {
  return `line ${at}: ${command}: ${what}`
}
