import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { headOf } from "conclave/cli/commit"
import { test } from "tap"

const [ONE, OTHER] = ["1".repeat(40), "2".repeat(40)]

test("a clone's commit is that of its branch, loose or packed, or its own", (t) => {
  const dot = join(t.testdir({ ".git": { HEAD: "ref: refs/heads/main\n", refs: { heads: {} } } }), ".git")
  t.equal(headOf(dot), null, "nothing is committed yet")
  writeFileSync(join(dot, "packed-refs"), `# pack-refs\n${ONE} refs/heads/main\n`)
  t.equal(headOf(dot), ONE)
  writeFileSync(join(dot, "refs/heads/main"), `${OTHER}\n`)
  t.equal(headOf(dot), OTHER)
  writeFileSync(join(dot, "HEAD"), `${ONE}\n`)
  t.equal(headOf(dot), ONE)
  t.equal(headOf(join(dot, "none")), undefined)
  t.end()
})

test("a worktree has its own HEAD, and its branch is with the clone", (t) => {
  const folder = t.testdir({
    clone: {
      ".git": {
        HEAD: "ref: refs/heads/main\n",
        refs: { heads: { main: `${ONE}\n`, side: `${OTHER}\n` } },
        worktrees: { side: { HEAD: "ref: refs/heads/side\n", commondir: "../..\n" } },
      },
    },
    side: {},
  })
  writeFileSync(join(folder, "side/.git"), `gitdir: ${join(folder, "clone/.git/worktrees/side")}\n`)
  t.equal(headOf(join(folder, "side/.git")), OTHER)
  mkdirSync(join(folder, "relative"))
  writeFileSync(join(folder, "relative/.git"), "gitdir: ../clone/.git/worktrees/side\n")
  t.equal(headOf(join(folder, "relative/.git")), OTHER)
  t.end()
})
