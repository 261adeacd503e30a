import "./fill.cases.ts"
import "./mixture.cases.ts"
import "./stretches.cases.ts"
import "./trial.cases.ts"
