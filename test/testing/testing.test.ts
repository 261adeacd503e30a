import "./expiry.cases.ts"
import "./lost-replies.cases.ts"
import "./test-cluster.cases.ts"
import "./virtual-time.cases.ts"
