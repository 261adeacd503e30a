import "./machine.cases.ts"
