import { Line } from "conclave/api/line"
import { test } from "tap"

test("a line is written out once for all who read it", (t) => {
  const line = new Line('{"a":"é"}')
  t.equal(line.bytes, line.bytes)
  t.equal(Buffer.from(line.bytes).toString("utf8"), line.text)
  t.end()
})
