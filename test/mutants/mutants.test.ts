import "./mutant.cases.ts"
import "./hunt.cases.ts"
