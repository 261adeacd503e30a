import { wantsColor } from "conclave/cli/terminal/paint"
import { test } from "tap"

test("the flag decides, then NO_COLOR, then FORCE_COLOR, then the terminal", (t) => {
  t.equal(wantsColor("always", { NO_COLOR: "1" }, false), true)
  t.equal(wantsColor("never", { FORCE_COLOR: "1" }, true), false)
  t.equal(wantsColor("auto", { NO_COLOR: "1", FORCE_COLOR: "1" }, true), false)
  t.equal(wantsColor("auto", { FORCE_COLOR: "1" }, false), true)
  t.equal(wantsColor("auto", { FORCE_COLOR: "0" }, true), false)
  t.equal(wantsColor("auto", { NO_COLOR: "", FORCE_COLOR: "" }, true), true)
  t.equal(wantsColor("auto", { TERM: "dumb" }, true), false)
  t.equal(wantsColor("auto", {}, false), false)
  t.end()
})
