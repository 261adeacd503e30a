import "./tarball.cases.ts"
