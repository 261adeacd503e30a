import "./puts.cases.ts"
import "./watchers.cases.ts"
import "./worker.cases.ts"
