import "./scripts.cases.ts"
import "./dev-killed.cases.ts"
