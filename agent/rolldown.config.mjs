import { readdirSync, readFileSync } from "node:fs"

/** Of both programs: the second one writes the licences of the first, too. */
const bundled = new Set()

/** Whoever gets the bundle gets the licences of all that is in it, ours first. */
const licenses = {
  name: "licenses",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) for (const id of chunk.moduleIds ?? []) bundled.add(id)
    const folders = [...bundled].map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0])
    const theirs = [...new Set(folders)].filter((each) => each !== undefined).sort()
    const source = [readFileSync("../LICENSE", "utf8"), ...theirs.map(licenseOf)].join("\n\n")
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source })
  },
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? `License: ${license}` : readFileSync(`${folder}/${file}`, "utf8")
  return `--- ${name} ${version}\n\n${text.trim()}\n`
}

const common = { platform: "node", external: [/^@conclave\/sim/], plugins: [licenses] }

const output = {
  dir: "bundle",
  minify: false,
  // V8 keeps a source with one character beyond Latin-1 at two bytes a character, comments included.
  charset: "ascii",
  comments: { legal: true, annotation: false, jsdoc: false },
  sourcemap: false,
}

// Both programs from the compiler's output; unbundled, the imports weigh 70 MB. The daemon is one function, as
// `bin/compiled.mjs` runs it, since V8 keeps no code of ECMAScript modules.
export default [
  {
    ...common,
    input: { daemon: "dist/main.js" },
    output: {
      ...output,
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name]-[hash].cjs",
      banner: ({ isEntry }) =>
        isEntry ? "(function (exports, require, module, __filename, __dirname) { 'use strict';" : "",
      footer: ({ isEntry }) => (isEntry ? "})" : ""),
    },
  },
  {
    ...common,
    input: {
      cli: "dist/cli/cli.js",
      reaper: "dist/cli/fleet/reaper.js",
      app: "dist/cli/fleet/app.js",
      keeper: "dist/cli/hold/keeper.js",
      "log-worker": "dist/node/log-worker.js",
    },
    output: { ...output, format: "esm", chunkFileNames: "[name]-[hash].js" },
  },
]
