import "./grants.cases.ts"
import "./handovers.cases.ts"
import "./pauses.cases.ts"
import "./shares.cases.ts"
