import { register } from "node:module"
import { findMutant } from "./table.ts"

/** `node --import` this file: the mutant that the environment names is planted in whatever is loaded from here on. */
const mutant = findMutant(process.env["CONCLAVE_MUTANT"] ?? "")
register("./plant-hooks.js", import.meta.url, { data: mutant })
