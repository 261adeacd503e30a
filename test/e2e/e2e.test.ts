import "./scripts.cases.ts"
import "./dev-killed.cases.ts"
import "./agent-refused.cases.ts"
import "./raft-failover.cases.ts"
