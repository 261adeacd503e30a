import "./faulty-ports.cases.ts"
import "./host-port.cases.ts"
import "./member-file.cases.ts"
