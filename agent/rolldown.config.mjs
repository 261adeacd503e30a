// Both programs from the compiler's output, shared code in chunks of its own. Unbundled, the imports weigh 70 MB.
export default {
  input: { main: "dist/main.js", cli: "dist/cli/cli.js", reaper: "dist/cli/fleet/reaper.js" },
  platform: "node",
  external: [/^@conclave\/sim/],
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
