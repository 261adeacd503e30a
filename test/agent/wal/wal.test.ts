import "./crashes.cases.ts"
import "./damage.cases.ts"
import "./failures.cases.ts"
