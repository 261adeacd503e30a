import { formatColumns } from "conclave/cli/terminal/columns"
import { test } from "tap"

test("columns are as wide as their widest cell and the last one is not padded", (t) => {
  t.same(
    formatColumns(
      ["NAME", "RTT"],
      [
        ["a", "1 ms"],
        ["longer", "-"],
      ],
      false,
    ),
    ["NAME    RTT", "a       1 ms", "longer  -"],
  )
  t.end()
})

test("an empty cell is a dash, so that no column moves", (t) => {
  t.same(formatColumns(undefined, [["a", "", "c"]], false), ["a  -  c"])
  t.end()
})

test("colours do not count as width, and without them nothing is painted", (t) => {
  const rows = [
    [{ text: "dead", color: "red" }, "x"],
    [{ text: "suspect", color: "yellow" }, "y"],
  ] as const
  t.same(formatColumns(undefined, rows, false), ["dead     x", "suspect  y"])
  t.same(formatColumns(undefined, rows, true), ["\u001b[31mdead\u001b[0m     x", "\u001b[33msuspect\u001b[0m  y"])
  t.end()
})

test("what a tag contains cannot drive the terminal or forge a row", (t) => {
  t.same(formatColumns(undefined, [["a\u001b[2J\nb", "c"]], true), ["a\\x1b[2J\\x0ab  c"])
  t.end()
})
