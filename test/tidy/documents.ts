import type { Source } from "./source-tree.ts"

/** Relative links of documents that lead nowhere, and anchors that no heading has. */
export function brokenLinks(sources: readonly Source[]): readonly string[] {
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  const folders = new Set(sources.flatMap(({ path }) => foldersOf(path)))
  return sources
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      linksOf(text)
        .filter((link) => !leads(path, link, texts, folders))
        .map((link) => `${path}: ${link} leads nowhere`),
    )
}

/** Folders that the README's tree does not show, and rows of the tree without a folder. */
export function wrongTree(sources: readonly Source[]): readonly string[] {
  const readme = sources.find(({ path }) => path === "README.md")?.text ?? ""
  const shown = new Set([...readme.matchAll(/^([a-z]+)\/ {2,}\S/gm)].map((match) => match[1] ?? ""))
  const real = new Set(sources.flatMap(({ path }) => foldersOf(path).slice(0, 1)).filter((each) => !/^\./.test(each)))
  return [
    ...[...real].filter((each) => !shown.has(each)).map((each) => `README.md does not show ${each}/`),
    ...[...shown].filter((each) => !real.has(each)).map((each) => `README.md shows ${each}/, which is not there`),
  ]
}

/** Paths of the repository that documents name in code marks and that are not there. */
export function namedButGone(sources: readonly Source[]): readonly string[] {
  const paths = new Set(sources.flatMap(({ path }) => [path, path.replace(/\.ts$/, ""), ...foldersOf(path)]))
  return sources
    .filter(({ path }) => path.endsWith(".md") && !path.startsWith("docs/decisions/"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:agent|base|swim|consensus|sdk|test|bench|docs|deploy)\/[\w./-]+)`/g)]
        .map((match) => (match[1] ?? "").replace(/\/$/, ""))
        .filter((named) => !paths.has(named) && !/\/(dist|bundle)\b/.test(named))
        .map((named) => `${path} names ${named}, which is not there`),
    )
}

function linksOf(text: string): readonly string[] {
  const prose = text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "")
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "").filter((link) => !/^[a-z]+:/.test(link))
}

function leads(from: string, link: string, texts: ReadonlyMap<string, string>, folders: ReadonlySet<string>): boolean {
  const url = new URL(link, new URL(from, "file:///"))
  const path = decodeURIComponent(url.pathname).slice(1).replace(/\/$/, "")
  const text = texts.get(path)
  if (text === undefined) return folders.has(path) && url.hash === ""
  return url.hash === "" || anchorsOf(text).has(url.hash.slice(1))
}

function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? "")
  return new Set(
    headings.map((each) =>
      each
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  )
}

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"))
}
