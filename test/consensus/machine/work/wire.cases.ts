import { decodeCommand, encodeCommand, type WorkCommand } from "@conclave/consensus"
import { decodeRecord, encodeRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { EVERY_WORK_COMMAND, EVERY_WORK_RECORD } from "./every-work.ts"

test("each command is read as it was written", (t) => {
  for (const command of EVERY_WORK_COMMAND) t.strictSame(decodeCommand(encodeCommand(command)), { ok: true, command })
  t.end()
})

test("a worker speaks with a number", (t) => {
  const settle = EVERY_WORK_COMMAND.find(({ kind }) => kind === "workSettle") as WorkCommand
  t.strictSame(decodeCommand(encodeCommand({ ...settle, request: undefined } as never)), {
    ok: false,
    problem: "malformed",
  })
  t.end()
})

test("pools and items are read as they were written", (t) => {
  for (const record of EVERY_WORK_RECORD) t.strictSame(decodeRecord(encodeRecord(record)), record)
  t.end()
})
