import "./clock.cases.ts"
import "./datagrams.cases.ts"
import "./links.cases.ts"
