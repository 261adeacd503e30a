import "./arrows.cases.ts"
import "./sizes.cases.ts"
