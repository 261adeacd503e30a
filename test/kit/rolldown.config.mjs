import { licenses } from "../../bundle-licenses.mjs"

// One file from the compiler's output: a test of an application needs nothing beside it.
export default {
  platform: "node",
  input: { index: "dist/index.js" },
  plugins: [licenses()],
  output: {
    dir: "bundle",
    format: "esm",
    minify: false,
    charset: "ascii",
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: false,
  },
}
