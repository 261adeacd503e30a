import { readdirSync, readFileSync } from "node:fs"

/**
 * Whoever gets a bundle gets the licences of all that is in it, ours first. Of all bundles that one configuration
 * makes: what is written last names what was in the others, too.
 */
export function licenses() {
  const bundled = new Set()
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) for (const id of chunk.moduleIds ?? []) bundled.add(id)
      const folders = [...bundled].map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0])
      const theirs = [...new Set(folders)].filter((each) => each !== undefined).sort()
      const source = [readFileSync(new URL("LICENSE", import.meta.url), "utf8"), ...theirs.map(licenseOf)].join("\n\n")
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source })
    },
  }
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? `License: ${license}` : readFileSync(`${folder}/${file}`, "utf8")
  return `--- ${name} ${version}\n\n${text.trim()}\n`
}
