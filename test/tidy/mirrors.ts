import ts from "typescript"
import { importsOf, parsed, resolved } from "./imports.ts"
import { UNTESTED } from "./mirrors-exceptions.ts"
import type { Source } from "./source-tree.ts"

const MIRRORED =
  /^(base|swim|consensus|sdk|consensus\/(machine|planner)|sdk\/session-core)\/[^/]+\.ts$|^agent\/([^/]+|(api|config|coordination|node(\/\w+)?|wal)\/[^/]+)\.ts$/

/** Sources without a test of their own, exceptions that are none any more, cases that no test file runs. */
export function brokenMirrors(
  sources: readonly Source[],
  exceptions: Readonly<Record<string, string>> = UNTESTED,
): readonly string[] {
  const paths = new Set(sources.map(({ path }) => path))
  const expected = sources.filter((each) => MIRRORED.test(each.path) && doesSomething(each)).map(({ path }) => path)
  const missing = expected
    .filter((path) => !paths.has(casesOf(path)) && exceptions[path] === undefined)
    .map((path) => `${path} has no ${casesOf(path)}`)
  const idle = Object.keys(exceptions)
    .filter((path) => !expected.includes(path) || paths.has(casesOf(path)))
    .map((path) => `${path} needs no exception`)
  return [...missing, ...idle, ...unrun(sources)]
}

function casesOf(path: string): string {
  return `test/${path.replace(/\.ts$/, ".cases.ts")}`
}

function unrun(sources: readonly Source[]): readonly string[] {
  const run = new Set<string>()
  for (const each of sources.filter(({ path }) => path.endsWith(".test.ts")))
    for (const { specifier } of importsOf(each)) run.add(resolved(each.path, specifier))
  const cases = sources.filter(({ path }) => path.startsWith("test/") && path.endsWith(".cases.ts"))
  const lost = cases.filter(({ path }) => !run.has(path)).map(({ path }) => `${path} is run by no test file`)
  const empty = cases.filter(({ text }) => !/\btest\(/.test(text)).map(({ path }) => `${path} tests nothing`)
  return [...lost, ...empty]
}

/** A file of types, or one that only hands on what others export, has nothing to test. */
function doesSomething(source: Source): boolean {
  return parsed(source).statements.some(
    (each) =>
      !(
        ts.isInterfaceDeclaration(each) ||
        ts.isTypeAliasDeclaration(each) ||
        ts.isImportDeclaration(each) ||
        ts.isExportDeclaration(each)
      ),
  )
}
