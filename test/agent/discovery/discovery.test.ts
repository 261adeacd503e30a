import "./discovery.cases.ts"
import "./dns-source.cases.ts"
import "./findings.cases.ts"
import "./search-wait.cases.ts"
