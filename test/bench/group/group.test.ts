import "./grants.cases.ts"
