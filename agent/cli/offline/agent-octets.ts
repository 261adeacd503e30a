import { type IncomingMessage, request } from "node:http"
import { pipeline } from "node:stream/promises"
import { errorFromAgent } from "@conclave/sdk/errors"
import { Failure } from "../terminal/failure.ts"

/** Nothing sent or taken for so long: the agent is stopped or gone. */
const IDLE_MS = 60_000
const ANSWER_BYTES_MAX = 64 * 1024

/** What an agent sends at a path, as it comes. */
export async function getOctets(socketPath: string, path: string): Promise<AsyncIterable<Uint8Array>> {
  const sent = request({ socketPath, path, timeout: IDLE_MS })
  const answered = answerTo(sent)
  sent.end()
  return await sound(await answered)
}

/** Sends octets; resolves to the answer. */
export async function postOctets(socketPath: string, path: string, body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const sent = request({ socketPath, path, method: "POST", timeout: IDLE_MS })
  const answered = answerTo(sent)
  // An agent that refuses at once does not read the rest.
  const written = pipeline(body, sent).catch((cause: Error) => cause)
  const answer = await Promise.race([answered, written.then(() => answered)])
  return JSON.parse(await textOf(await sound(answer)))
}

function answerTo(sent: ReturnType<typeof request>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on("response", resolve)
    sent.on("timeout", () => sent.destroy(new Error(`nothing came for ${IDLE_MS / 1000} s`)))
    sent.on("error", (cause) => reject(lost(cause)))
  })
}

async function sound(response: IncomingMessage): Promise<IncomingMessage> {
  if (response.statusCode === 200) return response
  let answer: { readonly error?: unknown } = {}
  try {
    answer = JSON.parse(await textOf(response))
  } catch {
    // Falls through: an answer that cannot be read is one without a word.
  }
  throw errorFromAgent(answer.error)
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = ""
  try {
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk
      if (text.length > ANSWER_BYTES_MAX) break
    }
  } catch (cause) {
    throw lost(cause as Error)
  }
  return text
}

function lost(cause: Error): Failure {
  return new Failure("AGENT_UNAVAILABLE", "the agent's answer did not come whole", {
    why: `${cause.message}.`,
    next: "conclave status",
    outcome: "unknown",
    retryable: true,
  })
}
