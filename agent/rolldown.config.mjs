import { readdirSync, readFileSync } from "node:fs"

/** Whoever gets the bundle gets the licences of all that is in it, ours first. */
const licenses = {
  name: "licenses",
  generateBundle(_options, bundle) {
    const ids = Object.values(bundle).flatMap((chunk) => chunk.moduleIds ?? [])
    const folders = ids.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0])
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

// Both programs from the compiler's output, shared code in chunks of its own. Unbundled, the imports weigh 70 MB.
export default {
  input: {
    main: "dist/main.js",
    cli: "dist/cli/cli.js",
    reaper: "dist/cli/fleet/reaper.js",
    "log-worker": "dist/node/log-worker.js",
  },
  platform: "node",
  external: [/^@conclave\/sim/],
  plugins: [licenses],
  output: {
    dir: "bundle",
    format: "esm",
    cleanDir: true,
    chunkFileNames: "[name]-[hash].js",
    minify: false,
    // V8 keeps a source with one character beyond Latin-1 at two bytes a character, comments included.
    charset: "ascii",
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: false,
  },
}
