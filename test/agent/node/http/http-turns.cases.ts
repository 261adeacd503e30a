import { createServer, type ServerResponse } from "node:http"
import { join } from "node:path"
import { endWithConnection } from "conclave/node/http/http-turns"
import { test } from "tap"
import { RawClient, temporaryDirectory } from "../../local-stage.ts"
import { until } from "../until.ts"

test("all responses of a connection hear once of its end, also those whose turn had not come", async (t) => {
  const path = join(temporaryDirectory(t), "a.sock")
  const responses: ServerResponse[] = []
  const closed: number[] = []
  const server = createServer((request, response) => {
    endWithConnection(request.socket, response)
    const index = responses.push(response) - 1
    response.once("close", () => closed.push(index))
    response.on("close", () => t.ok(closed.filter((each) => each === index).length === 1))
    if (index === 0) response.end("a")
    else response.write("b")
  })
  await new Promise<void>((resolve) => server.listen({ path }, resolve))
  t.teardown(() => server.close())
  const client = new RawClient(path)
  const request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
  client.write(request)
  await until("the first is answered", () => closed.length === 1)
  client.write(request.repeat(3))
  await until("all are here", () => responses.length === 4)
  t.same(closed, [0])
  client.socket.destroy()
  await until("all are told", () => closed.length === 4)
  t.same([...closed].sort(), [0, 1, 2, 3])
  t.ok(responses.every((response) => response.destroyed || response.writableFinished))
})
