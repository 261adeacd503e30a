import "./mutant.cases.ts"
import "./hunt.cases.ts"
import "./gate-mutants.cases.ts"
