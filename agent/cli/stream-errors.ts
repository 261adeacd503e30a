import { ConclaveError } from "@conclave/sdk"

/** A stream that broke: what was shown until then holds. */
export function streamLost(message: string): ConclaveError {
  return new ConclaveError("AGENT_UNAVAILABLE", message, { retryable: true, hint: "conclave status" })
}

/** What the system says of a socket, in the SDK's words. */
export function unreachableBy(path: string, error: NodeJS.ErrnoException): ConclaveError {
  if (ConclaveError.is(error)) return error
  const isForbidden = error.code === "EACCES" || error.code === "EPERM"
  const message = isForbidden ? `${path} may not be opened by this user` : `the agent at ${path} cannot be reached`
  return new ConclaveError(isForbidden ? "PERMISSION_DENIED" : "AGENT_UNAVAILABLE", message, {
    retryable: !isForbidden,
    cause: error,
  })
}

/** The error that a stream's last line carries, if it is one. */
export function isErrorLine(line: unknown): line is { readonly type: "error"; readonly error: unknown } {
  return typeof line === "object" && line !== null && "type" in line && line.type === "error" && "error" in line
}
