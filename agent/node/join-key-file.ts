import { Secret } from "../secret.ts"
import { makeOne, readSecretFile, SecretFileError } from "./secret-file.ts"

const SECRET_BYTES_MIN = 16
/** While one secret takes the place of another; more would be none. */
const SECRETS_MAX = 3

/**
 * The join secrets in a file, one a line: the first is shown to others, further ones are good enough when others show
 * them. Throws `SecretFileError`.
 */
export function readJoinKeyFile(path: string): readonly Secret[] {
  const lines = readSecretFile(path).split("\n")
  const comment = lines.findIndex((line) => line.trimStart().startsWith("#"))
  if (comment >= 0) {
    const why = "a comment has no place here, as whoever reads it could let agents in by it"
    throw new SecretFileError(`line ${comment + 1} of ${path} begins with #: ${why}`, "remove the line")
  }
  const secrets = lines.map((line) => Buffer.from(line.trim())).filter(({ length }) => length > 0)
  if (secrets.length === 0) throw new SecretFileError(`${path} has no secret`, makeOne(path))
  if (secrets.length > SECRETS_MAX) {
    throw new SecretFileError(
      `${path} has ${secrets.length} secrets, at most ${SECRETS_MAX} are taken`,
      "remove the oldest",
    )
  }
  if (secrets.some(({ length }) => length < SECRET_BYTES_MIN)) {
    throw new SecretFileError(`${path} has a secret of less than ${SECRET_BYTES_MIN} bytes`, makeOne(path))
  }
  return secrets.map((bytes) => new Secret(bytes))
}
