import ts from "typescript"
import type { Source } from "./source-tree.ts"

/** One import of a file, as written; `isType` when nothing of it is left at run time. */
export interface Import {
  readonly specifier: string
  readonly isType: boolean
}

const PACKAGE_FOLDERS: Readonly<Record<string, string>> = {
  "@conclave/base": "base",
  "@conclave/swim": "swim",
  "@conclave/consensus": "consensus",
  "@conclave/sdk": "sdk",
  "@conclave/sim": "test/sim",
  "@conclave/testing": "test/kit",
  "@conclave/bench": "bench",
  "@conclave/dht": "dht",
  conclave: "agent",
}

const PARSED = new WeakMap<Source, ts.SourceFile>()

export function parsed(source: Source): ts.SourceFile {
  const known = PARSED.get(source)
  if (known !== undefined) return known
  const made = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true)
  PARSED.set(source, made)
  return made
}

/** Static and dynamic imports and re-exports whose specifier is a literal. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const literal = specifierOf(node)
    if (literal !== undefined && ts.isStringLiteralLike(literal))
      found.push({ specifier: literal.text, isType: isTypeOnly(node) })
    ts.forEachChild(node, visit)
  }
  visit(parsed(source))
  return found
}

/** The path in the repository that a specifier means, or the specifier itself when it is somebody else's. */
export function resolved(from: string, specifier: string): string {
  if (specifier.startsWith(".")) {
    const base = new URL(from, "file:///")
    return new URL(specifier, base).pathname.slice(1).replace(/\.js$/, ".ts")
  }
  const [name, folder] = Object.entries(PACKAGE_FOLDERS).find(([each]) => `${specifier}/`.startsWith(`${each}/`)) ?? []
  if (name === undefined || folder === undefined) return specifier
  const inside = specifier.slice(name.length + 1)
  return `${folder}/${inside === "" ? "index" : inside}.ts`
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal as ts.Expression
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  return undefined
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false
  const { phaseModifier, namedBindings, name } = node.importClause
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every((each) => each.isTypeOnly)
}
