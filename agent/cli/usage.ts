import { ConclaveError } from "@conclave/sdk"

/** What was typed cannot be meant: exit 2. `next` is the one command to try. */
export function usageError(message: string, next: string, field?: string): ConclaveError {
  return new ConclaveError("INVALID_ARGUMENT", message, {
    hint: next,
    details: field === undefined ? {} : { field },
  })
}
