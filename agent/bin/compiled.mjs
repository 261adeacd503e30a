// A bundle with the code that V8 made of it when it was built: more than a third of an agent's start went into
// compiling.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname } from "node:path"
import { setFlagsFromString } from "node:v8"
import { constants, Script } from "node:vm"

const KEY_BYTES = 32
/** How an agent collects garbage (decision 0120). A flag that V8 does not know costs a line on stderr. */
const FLAGS = "--no-parallel-scavenge --no-incremental-marking-task"

/**
 * Runs a CommonJS bundle that is one function of `exports, require, module, __filename, __dirname`, all of it ASCII.
 * The code beside it (`.code`) is used when it was made from this very source on this kind of machine, and V8 takes it
 * only from its own version and flags; without it everything is compiled anew. `isFromCode` tells which it was;
 * `code()` is what belongs into that file, with every function that has run until then.
 */
export function loadCompiled(file) {
  const { script, key, isFromCode } = compile(file)
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file))
  return { exports: module.exports, isFromCode, code: () => Buffer.concat([key, script.createCachedData()]) }
}

/**
 * Apart from the run: so the bytes of the code are garbage before anything ages beside them, a megabyte less for good.
 */
function compile(file) {
  const bytes = readFileSync(file)
  // V8 keeps the source: made so, it takes one byte a character. Hashed as text it would leave a copy in the heap.
  const source = bytes.latin1Slice()
  const key = createHash("sha256").update(`${process.platform} ${process.arch}\n`).update(bytes).digest()
  // Before anything is compiled: V8 takes code only with the flags that it was made with.
  setFlagsFromString(FLAGS)
  const cachedData = codeFor(key, `${file}.code`)
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new Script(source, { filename: file, cachedData, importModuleDynamically })
  return { script, key, isFromCode: cachedData !== undefined && script.cachedDataRejected === false }
}

function codeFor(key, file) {
  let bytes
  try {
    bytes = readFileSync(file)
  } catch {
    return undefined
  }
  return key.equals(bytes.subarray(0, KEY_BYTES)) ? bytes.subarray(KEY_BYTES) : undefined
}
