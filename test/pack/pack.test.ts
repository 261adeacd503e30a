import "./compiled.cases.ts"
import "./tarball.cases.ts"
