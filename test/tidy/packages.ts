import type { Source } from "./source-tree.ts"

export const THIRD_PARTY_MAX = 30
/** Makes the bundle and is no part of it. */
const BUILD_TOOLS = new Set(["rolldown"])

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export type Lock = Readonly<Record<string, Locked>>

export function lockOf(sources: readonly Source[]): Lock {
  const text = sources.find(({ path }) => path === "package-lock.json")?.text ?? "{}"
  return (JSON.parse(text) as { packages?: Lock }).packages ?? {}
}

/** Addresses of a registry, scripts that an install would run, and versions that disagree. */
export function lockProblems(lock: Lock, version: string): readonly string[] {
  return Object.entries(lock).flatMap(([path, each]) => [
    ...(/^[a-z+]+:/.test(each.resolved ?? "") ? [`${path} is locked to an address`] : []),
    ...(each.hasInstallScript === true ? [`${path} runs a script at its installation`] : []),
    ...(isOurs(path) && each.version !== version ? [`${path} has version ${each.version} of ${version}`] : []),
    ...(isOurs(path) ? inexact(path, each) : []),
  ])
}

/** Every package of others that stands in the agent's bundle, found from what its workspaces import. */
export function thirdParty(lock: Lock, workspaces: readonly string[] = ["agent"]): readonly string[] {
  const found = new Set<string>()
  const open = workspaces.flatMap((each) => needsOf(each, lock))
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || BUILD_TOOLS.has(name)) continue
    found.add(name)
    const locked = lock[`node_modules/${name}`]
    if (locked?.link === true) open.push(...needsOf(locked.resolved ?? "", lock))
    else open.push(...Object.keys(locked?.dependencies ?? {}))
  }
  return [...found].filter((name) => lock[`node_modules/${name}`]?.link !== true).sort()
}

/** Too many, or without a reason in the document. */
export function unexplained(names: readonly string[], document: string): readonly string[] {
  const tooMany = names.length > THIRD_PARTY_MAX ? [`${names.length} packages of ${THIRD_PARTY_MAX}`] : []
  return [...tooMany, ...names.filter((name) => !document.includes(`\`${name}\``))]
}

/** What a workspace names itself; the agent's own stand among the development ones, as they are bundled. */
export function needsOf(workspace: string, lock: Lock): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = lock[workspace] ?? {}
  return Object.keys({ ...dependencies, ...devDependencies })
}

function isOurs(path: string): boolean {
  return path !== "" && !path.includes("node_modules")
}

function inexact(path: string, { dependencies = {}, devDependencies = {} }: Locked): readonly string[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
    .map(([name, range]) => `${path} asks for ${name} in a range, ${range}`)
}
