import "./http-page.cases.ts"
import "./consumer.cases.ts"
import "./cron.cases.ts"
import "./rollout.cases.ts"
import "./backup.cases.ts"
import "./controller.cases.ts"
// Kills an agent, and nobody needs it behind that.
import "./file-store.cases.ts"
