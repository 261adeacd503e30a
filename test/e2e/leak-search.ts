import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Something that a reader of logs, backups and replies may come by. */
export interface Artefact {
  readonly name: string
  readonly bytes: Buffer
}

/** Every way in which bytes are usually written down. */
export function formsOf(secret: Buffer): readonly { readonly form: string; readonly needle: Buffer }[] {
  const texts: (readonly [string, string])[] = [["hex", secret.toString("hex")]]
  // In the midst of other bytes base64 begins with any of three offsets; what depends on the neighbours is left out.
  for (let offset = 0; offset < 3; offset++) {
    const shifted = Buffer.concat([Buffer.alloc(offset), secret]).toString("base64")
    const from = Math.ceil((offset * 8) / 6)
    const whole = shifted.slice(from, Math.floor(((offset + secret.length) * 8) / 6))
    texts.push([`base64 +${offset}`, whole], [`base64url +${offset}`, whole.replaceAll("+", "-").replaceAll("/", "_")])
  }
  const json = JSON.stringify([...secret]).slice(1, -1)
  texts.push(["HEX", secret.toString("hex").toUpperCase()], ["numbers", json], ["escapes", escapesOf(secret)])
  const forms = texts.map(([form, text]) => ({ form, needle: Buffer.from(text) }))
  return [{ form: "raw", needle: secret }, ...forms]
}

/** As `%` in an address. */
function escapesOf(secret: Buffer): string {
  return [...secret].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join("")
}

/** Which secret stands where, and how. */
export function leaksIn(artefacts: readonly Artefact[], secrets: Readonly<Record<string, Buffer>>): readonly string[] {
  const leaks: string[] = []
  for (const [secret, bytes] of Object.entries(secrets))
    for (const { form, needle } of formsOf(bytes))
      for (const { name, bytes: text } of artefacts)
        if (text.includes(needle)) leaks.push(`${secret} (${form}) in ${name}`)
  return leaks
}

/** Every regular file below. */
export function filesIn(folder: string): readonly Artefact[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return entry.isFile() ? [{ name: path, bytes: readFileSync(path) }] : []
  })
}
