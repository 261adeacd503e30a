import { licenses } from "../bundle-licenses.mjs"

const common = { platform: "node", external: [/^@conclave\/sim/], plugins: [licenses()] }

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
