import "./encounter.cases.ts"
import "./hello.cases.ts"
import "./mux.cases.ts"
import "./nodes.cases.ts"
