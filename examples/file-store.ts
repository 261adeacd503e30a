import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { text } from "node:stream/consumers"

/**
 * A store of files that refuses old tokens. Whoever was paused for too long still believes in its lock, and no clock of
 * its own can stop it between its last look and its write; whoever is written to can.
 *
 *   node file-store.js FOLDER SOCKET
 *   curl --unix-socket SOCKET -X PUT -H "Fencing-Token: 7" -d "text" http://localhost/NAME
 */
const [, , folder = "", socket = ""] = process.argv

createServer(async (request, response) => {
  const name = (request.url ?? "").slice(1)
  const token = request.headers["fencing-token"]
  const isRequest = request.method === "PUT" && /^[a-z0-9-]+$/.test(name) && /^\d+$/.test(String(token))
  const content = await text(request)
  response.statusCode = !isRequest ? 400 : write(name, content, BigInt(String(token))) ? 204 : 409
  response.end()
}).listen(socket)

/** False = a larger token was here before. From the look to the write nothing else can happen in this process. */
function write(name: string, content: string, token: bigint): boolean {
  if (token < newest(name)) return false
  // First the token: after a crash in between, the old content stands under it, and older writers are refused.
  replace(`${name}.token`, String(token))
  replace(name, content)
  return true
}

function newest(name: string): bigint {
  const file = join(folder, `${name}.token`)
  return existsSync(file) ? BigInt(readFileSync(file, "utf8")) : 0n
}

function replace(name: string, content: string): void {
  writeFileSync(join(folder, `${name}.new`), content, { flush: true })
  renameSync(join(folder, `${name}.new`), join(folder, name))
}
