import { request } from "node:http"
import { text } from "node:stream/consumers"
import { connect } from "@conclave/sdk"

/**
 * Writes its input to the file store, one writer at a time: the lock keeps them apart, its token is what the store goes
 * by.
 *
 *   node store-writer.js STORE_SOCKET NAME < FILE
 */
const [, , store = "", name = ""] = process.argv

const client = await connect({ name: "store-writer" })
const lock = await client.lock(`store/${name}`)
console.log(`token ${lock.token}`)
const content = await text(process.stdin)
const status = await put(content, lock.token)
console.log(status === 204 ? "written" : "refused: somebody else has had the lock since")
process.exitCode = status === 204 ? 0 : 1
await client.close()

function put(body: string, token: bigint): Promise<number | undefined> {
  const headers = { "Fencing-Token": String(token) }
  return new Promise((resolve, reject) => {
    request({ socketPath: store, path: `/${name}`, method: "PUT", headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on("error", reject)
      .end(body)
  })
}
