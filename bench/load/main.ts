import { createInterface } from "node:readline"
import { Applications } from "./applications.ts"
import type { Order } from "./orders.ts"

/** Applications of one agent as a process of its own: `main.js SOCKET NAME`. Its stdin is its life line. */
const [, , socket = "", name = ""] = process.argv
const applications = new Applications(socket, name)

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const order = JSON.parse(line) as Order & { readonly id: number }
    void applications.carryOut(order).then(
      (answer) => process.stdout.write(`${JSON.stringify({ id: order.id, answer })}\n`),
      (error) => process.stdout.write(`${JSON.stringify({ id: order.id, error: String(error) })}\n`),
    )
  })
  .on("close", () => process.exit())
