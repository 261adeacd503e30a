import "./puts.cases.ts"
import "./watchers.cases.ts"
