import { importsOf, resolved } from "./imports.ts"
import type { Source } from "./source-tree.ts"

/** Who may import whom: the first row that matches a file decides. Values and types alike. */
interface Row {
  readonly who: RegExp
  readonly may: readonly RegExp[]
  /** Allowed for types alone: nothing of them is left at run time. */
  readonly mayType?: readonly RegExp[]
}

const NODE = /^node:/
const BASE = /^base\/index\.ts$/
const CONSENSUS = /^consensus\/(index|wire|wire-log|exact-reader)\.ts$/
const SWIM = /^swim\/(index|record|wire)\.ts$/
const SWIM_WORDS = /^swim\/index\.ts$/
const SDK = /^sdk\//
const VERSION = /^agent\/version\.ts$/
const WIRE = [/^#wire\/calls$/, /^protobufjs\/minimal\.js$/]
/** The agent's own small words, and what it asks of an operating system. */
const PORTS =
  /^agent\/(ports|log-store|host-port|judged-alarm|seal-mode|secret|session-ttl|slices|timers|wall-clock)\.ts$/

const ROWS: readonly Row[] = [
  { who: /^base\//, may: [/^base\//] },
  { who: /^swim\//, may: [/^swim\//, BASE, /^#wire\//, /^protobufjs\/minimal\.js$/] },
  { who: /^consensus\//, may: [/^consensus\//, BASE, /^#wire\//, /^protobufjs\/minimal\.js$/] },
  { who: /^sdk\/session-core\//, may: [/^sdk\/session-core\//, BASE] },
  { who: /^sdk\//, may: [/^sdk\//, BASE, /^node:(net|fs|os|path|async_hooks)$/] },
  {
    who: /^agent\/bin\/conclave\.mjs$/,
    may: [/^agent\/bin\/compiled\.mjs$/, /^agent\/bundle\/cli\.ts$/, /^node:url$/],
  },
  { who: /^agent\/bin\/compiled\.mjs$/, may: [/^node:(crypto|fs|module|path|v8|vm)$/] },
  { who: /^agent\/compile\.mjs$/, may: [/^agent\/bin\/compiled\.mjs$/, NODE] },
  { who: /^bundle-licenses\.mjs$/, may: [NODE] },
  { who: /^(agent|test\/kit)\/rolldown\.config\.mjs$/, may: [/^bundle-licenses\.mjs$/] },
  {
    who: /^agent\/cli\/offline\//,
    may: [
      ...[/^agent\/cli\//, SDK, BASE, CONSENSUS, NODE, /^agent\/(wal\/|log-store\.ts$|group\/backup-file\.ts$)/],
      /^agent\/node\/(disk|directory-lock|log-files)\.ts$/,
    ],
  },
  {
    who: /^agent\/cli\//,
    may: [/^agent\/cli\//, SDK, BASE, NODE, /^agent\/config\//, VERSION, /^agent\/node\/secret-file\.ts$/],
  },
  { who: /^agent\/config\/surroundings\.ts$/, may: [/^agent\/config\//, NODE] },
  { who: /^agent\/config\/command-line\.ts$/, may: [/^node:util$/] },
  {
    who: /^agent\/config\//,
    may: [
      /^agent\/config\//,
      BASE,
      SWIM,
      /^agent\/(host-port|seal-mode|session-ttl|api\/(view|check-input|text-map)|version)\.ts$/,
      /^(zod|yaml)$/,
    ],
  },
  {
    who: /^agent\/(main\.ts|node\/)/,
    may: [/^agent\/(?!cli\/)/, BASE, SWIM, CONSENSUS, NODE, /^(pino|prom-client|bonjour-service)$/],
  },
  {
    who: /^agent\/api\//,
    may: [/^agent\/api\//, BASE, SWIM_WORDS, /^agent\/(ports|version)\.ts$/, /^zod$/],
    mayType: [SDK],
  },
  {
    who: /^agent\/coordination\//,
    may: [/^agent\/(coordination|api)\//, BASE, CONSENSUS, /^agent\/(ports|slices)\.ts$/],
  },
  { who: /^agent\/wal\//, may: [/^agent\/(wal\/|log-store\.ts$)/, BASE, CONSENSUS] },
  { who: /^agent\/streams\//, may: [/^agent\/streams\//, ...WIRE, PORTS, BASE, CONSENSUS] },
  { who: /^agent\/gossip\//, may: [/^agent\/(gossip|api)\//, PORTS, BASE, SWIM] },
  { who: /^agent\/frames\//, may: [/^agent\/((frames|api)\/|(version|watch-slots)\.ts$)/, PORTS, BASE] },
  { who: /^agent\/keyring\/wire-/, may: [/^agent\/(keyring|streams)\//, ...WIRE, PORTS] },
  {
    who: /^agent\/keyring\//,
    may: [/^agent\/(keyring|streams|api)\//, /^agent\/gossip\/seal\/seal\.ts$/, PORTS, BASE],
  },
  { who: /^agent\/discovery\//, may: [/^agent\/(discovery|api)\//, /^agent\/streams\/jitter\.ts$/, PORTS, BASE] },
  {
    who: /^agent\/replica\//,
    may: [/^agent\/(replica|streams|wal)\//, /^agent\/api\/view\.ts$/, PORTS, BASE, SWIM_WORDS, CONSENSUS],
  },
  { who: /^agent\/group\/(\w+\/)?wire-/, may: [/^agent\/(group|streams|api)\//, ...WIRE, PORTS, BASE, CONSENSUS] },
  {
    who: /^agent\/group\//,
    may: [/^agent\/(group|replica|streams|coordination|api)\//, PORTS, BASE, SWIM_WORDS, CONSENSUS],
  },
  { who: PORTS, may: [PORTS, /^agent\/(api|streams)\//, BASE, SWIM_WORDS, CONSENSUS] },
  {
    who: /^agent\/[^/]+\.ts$/,
    may: [/^agent\/[^/]+\.ts$/, /^agent\/(api|coordination|discovery|gossip|group)\//, BASE, SWIM, CONSENSUS],
  },
  {
    who: /^dht\//,
    may: [/^dht\//, BASE, NODE, /^hyper(swarm|dht)$/],
    mayType: [/^agent\/node\/discovery\/dht-words\.ts$/],
  },
  { who: /^(setup|generate-wire)\.mjs$/, may: [NODE] },
  { who: /^examples\//, may: [/^sdk\/index\.ts$/, NODE] },
  { who: /^(test|bench)\//, may: [/./] },
]

/** One line for each import that the table does not allow. */
export function wrongArrows(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const row = ROWS.find(({ who }) => who.test(source.path))
    if (row === undefined) return [`${source.path} stands in no row of the table of imports`]
    return importsOf(source)
      .filter(({ specifier, isType }) => {
        const target = resolved(source.path, specifier)
        const allowed = isType ? [...row.may, ...(row.mayType ?? [])] : row.may
        return !allowed.some((each) => each.test(target))
      })
      .map(({ specifier }) => `${source.path} may not import ${specifier}`)
  })
}
