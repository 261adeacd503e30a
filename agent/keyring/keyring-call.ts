import type { KeyringJson, KeyringWish } from "../api/keyring-schema.ts"
import type { Problem } from "../api/problem.ts"
import { SEAL_KEYS_MAX } from "../gossip/seal/seal.ts"
import type { Clock } from "../ports.ts"
import { Secret } from "../secret.ts"
import { equallyNew, full, notAnswered, notEverywhere, othersChange, sealing, unknownKey } from "./key-problems.ts"
import type { Change, Order, OwnKeys } from "./ring.ts"
import type { Answers, Asked, Rounds } from "./rounds.ts"
import {
  fingerprintsOf,
  has,
  isAlone,
  itemsOf,
  nameOf,
  newest,
  nextStep,
  type Step,
  type Survey,
  sealsWith,
  serialFor,
  silent,
} from "./survey.ts"

type Failed = KeyringJson["failed"]
type Done = (result: KeyringJson | Problem) => void

export interface KeyringCallOptions {
  readonly clock: Clock
  readonly rounds: Pick<Rounds, "ask">
  /** Everybody who has not left, this agent included. */
  readonly members: () => readonly Asked[]
  readonly self: Asked["id"]
  readonly own: OwnKeys
  readonly untilMs: number
}

/** One thing that an operator wants of the keys of all: it looks who has which, and changes what may be changed. */
export class KeyringCall {
  readonly #options: KeyringCallOptions
  #survey: Survey = []

  constructor(options: KeyringCallOptions) {
    this.#options = options
  }

  /** Calls back once. */
  carryOut({ verb, fingerprint = "", key = "" }: KeyringWish, done: Done): void {
    switch (verb) {
      case "list":
        return this.#look(() => done(this.#reply([])))
      case "install":
        return this.#look(() => this.#install(new Secret(bytesOf(key)), done))
      case "use":
        return this.#hearAll(() => this.#use(fingerprint, done))
      case "remove":
        return this.#hearAll(() => this.#remove(fingerprint, done))
      case "rotate":
        return this.#hearAll(() => this.#rotate(fingerprint, done))
    }
  }

  #install(secret: Secret, done: Done): void {
    const fingerprint = this.#options.own.fingerprintOf(secret)
    const without = this.#answered.filter((found) => !has(found, fingerprint))
    const over = without.filter(({ ring }) => (ring?.length ?? 0) >= SEAL_KEYS_MAX)
    if (over.length > 0) return done(full(SEAL_KEYS_MAX, over.map(nameOf)))
    const serial = serialFor(this.#survey, fingerprint)
    this.#order({ kind: "install", secret, serial }, without, (refused) => done(this.#reply(refused)))
  }

  #use(fingerprint: string, done: Done): void {
    if (!this.#isKnown(fingerprint)) return done(unknownKey(fingerprint))
    const missing = this.#survey.filter((found) => found.member.isLiving && !has(found, fingerprint)).map(nameOf)
    if (missing.length > 0) return done(notEverywhere(fingerprint, missing.sort()))
    const serial = serialFor(this.#survey, fingerprint)
    const who = this.#holdersOf(fingerprint)
    this.#order({ kind: "use", fingerprint, serial }, who, (refused) => done(this.#reply(refused)))
  }

  #remove(fingerprint: string, done: Done): void {
    if (!this.#isKnown(fingerprint)) return done(unknownKey(fingerprint))
    const users = this.#survey.filter((found) => sealsWith(found, fingerprint)).map(nameOf)
    if (users.length > 0) return done(sealing(fingerprint, users.sort()))
    const missing = silent(this.#survey).map(nameOf)
    if (missing.length > 0) return done(notAnswered(missing.sort()))
    const who = this.#holdersOf(fingerprint)
    this.#order({ kind: "remove", fingerprint }, who, (refused) => done(this.#reply(refused)))
  }

  /** To the key that is named, else to the newest; where that is the only one already, to a new one. */
  #rotate(named: string, done: Done): void {
    if (named !== "") return this.#isKnown(named) ? this.#resume(named, done) : done(unknownKey(named))
    const found = newest(this.#survey)
    const [last = ""] = found
    if (found.length > 1) return done(equallyNew([...found].sort()))
    if (!isAlone(this.#survey, last)) return this.#resume(last, done)
    const missing = silent(this.#survey).map(nameOf)
    // Whoever is silent may know of a rotation that has begun.
    if (missing.length > 0) return done(notAnswered(missing.sort()))
    this.#begin(done)
  }

  /** Here first: whoever goes on with it after a crash finds the key at this agent at least. */
  #begin(done: Done): void {
    const { own, self } = this.#options
    const secret = own.newSecret()
    const fingerprint = own.fingerprintOf(secret)
    const here = this.#survey.filter(({ member }) => member.id === self)
    const before = this.#survey
    const install: Change = { kind: "install", secret, serial: serialFor(before, fingerprint) }
    this.#order(install, here, (refused) => {
      if (refused.length > 0) done(this.#reply(refused, "install"))
      else this.#resume(fingerprint, done, before)
    })
  }

  /**
   * Looks once more. Of two that go to different keys at once, at two agents, each key was somewhere before its agent
   * looks, so that one of them at least sees the other's, and gives way. It leaves its own where it is: somebody may
   * have begun to go on with it.
   */
  #resume(fingerprint: string, done: Done, before: Survey = this.#survey): void {
    const known = new Set([...fingerprintsOf(before), fingerprint])
    this.#hearAll(() => {
      const others = this.#survey.filter((found) => fingerprintsOf([found]).some((each) => !known.has(each)))
      if (others.length === 0) this.#advance(fingerprint, done)
      else done(othersChange(others.map(nameOf).sort()))
    })
  }

  /** Step by step, until it is done, somebody refuses, or the time is up. Whoever comes meanwhile is asked, too. */
  #advance(fingerprint: string, done: Done): void {
    const step = nextStep(this.#survey, fingerprint)
    if (step.kind === "done") return done(this.#reply([], "done"))
    if (!this.#hasTime) return done(this.#reply([], step.kind === "wait" ? "install" : step.kind))
    const again = (): void => this.#look(() => this.#advance(fingerprint, done))
    if (step.kind === "wait") return again()
    this.#changeFor(step, fingerprint, (change) => {
      // Whoever has the key has not given it.
      if (change === undefined) return done(this.#reply(this.#ungiven(fingerprint), step.kind))
      this.#order(change, step.who, (refused) => {
        if (refused.length > 0) done(this.#reply(refused, step.kind))
        else again()
      })
    })
  }

  #changeFor(step: Progress, fingerprint: string, done: (change: Change | undefined) => void): void {
    const serial = serialFor(this.#survey, fingerprint)
    switch (step.kind) {
      case "install":
        return this.#secretOf(fingerprint, (secret) => done(secret && { kind: "install", secret, serial }))
      case "use":
        return done({ kind: "use", fingerprint, serial })
      case "remove":
        return done({ kind: "remove", fingerprint: step.fingerprint })
    }
  }

  #secretOf(fingerprint: string, done: (secret: Secret | undefined) => void): void {
    const { own } = this.#options
    const secret = own.secretOf(fingerprint)
    if (secret !== undefined) return done(secret)
    const holders = this.#holdersOf(fingerprint).slice(0, HOLDERS_ASKED)
    this.#ask({ kind: "give", fingerprint }, membersOf(holders), (answers) => {
      const given = [...answers.values()].find((told) => told?.secret !== undefined)?.secret
      // Whoever gives another one has made a mistake, or means no good.
      done(given && own.fingerprintOf(given) === fingerprint ? given : undefined)
    })
  }

  #ungiven(fingerprint: string): Failed {
    const names = this.#holdersOf(fingerprint).map(nameOf).sort()
    return names.map((name) => ({
      name,
      message: `it has not given key ${fingerprint}, which this agent lacks; give the command there`,
    }))
  }

  /** Asks everybody; who was believed to be dead and has not answered once is not waited for again. */
  #look(next: () => void): void {
    const away = new Set(this.#survey.filter(({ ring }) => ring === undefined).map(({ member }) => member.id))
    const members = this.#options.members()
    const asked = members.filter(({ id, isLiving }) => isLiving || !away.has(id))
    this.#ask({ kind: "show" }, asked, (answers) => {
      this.#survey = members.map((member) => ({ member, ring: answers.get(member.id)?.ring }))
      next()
    })
  }

  /** Again while some living member has not answered and there is time. */
  #hearAll(next: () => void): void {
    this.#look(() => {
      if (silent(this.#survey).length > 0 && this.#hasTime) this.#hearAll(next)
      else next()
    })
  }

  /** Has them change their keys, and says who refuses; who does not answer is not known any more. */
  #order(change: Change, who: Survey, next: (refused: Failed) => void): void {
    this.#ask(change, membersOf(who), (answers) => {
      this.#survey = this.#survey.map(({ member, ring }) => {
        return { member, ring: answers.has(member.id) ? answers.get(member.id)?.ring : ring }
      })
      next(
        who.flatMap(({ member: { id, name } }) => {
          const refusal = answers.get(id)?.refusal
          return refusal === undefined ? [] : [{ name, message: refusal }]
        }),
      )
    })
  }

  get #hasTime(): boolean {
    const { clock, untilMs } = this.#options
    return untilMs - clock.now() > STEP_MS_MIN
  }

  /** In half of the time that is left, so that those who answer do not suffer for those who do not. */
  #ask(order: Order, members: readonly Asked[], done: (answers: Answers) => void): void {
    const { clock, rounds, untilMs } = this.#options
    const nowMs = clock.now()
    const limitMs = ROUND_MS + members.length * MORE_MS
    rounds.ask(members, order, nowMs + Math.min(limitMs, (untilMs - nowMs) / 2), done)
  }

  get #answered(): Survey {
    return this.#survey.filter(({ ring }) => ring !== undefined)
  }

  #holdersOf(fingerprint: string): Survey {
    return this.#survey.filter((found) => has(found, fingerprint))
  }

  #isKnown(fingerprint: string): boolean {
    return this.#holdersOf(fingerprint).length > 0
  }

  #reply(refused: Failed, phase?: KeyringJson["phase"]): KeyringJson {
    const unheard = silent(this.#survey).map((found) => ({
      name: nameOf(found),
      message: "it did not answer; see whether its agent runs, and is reached",
    }))
    const failed = [...refused, ...unheard].sort((a, b) => (a.name < b.name ? -1 : 1))
    return { items: itemsOf(this.#survey), failed, ...(phase === undefined ? {} : { phase }) }
  }
}

const HOLDERS_ASKED = 3
/** One that answers at all has answered by then, also where packets are lost; and many take their time. */
const ROUND_MS = 5000
/** With less time left nothing is begun. */
const STEP_MS_MIN = 500
const MORE_MS = 10

type Progress = Exclude<Step, { readonly kind: "wait" | "done" }>

function membersOf(survey: Survey): readonly Asked[] {
  return survey.map(({ member }) => member)
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
