export type Color = "red" | "yellow" | "green" | "grey" | "bold"

const CODES: Readonly<Record<Color, string>> = { red: "31", yellow: "33", green: "32", grey: "90", bold: "1" }

/** `--color` decides, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flag === "always" || flag === "never") return flag === "always"
  if ((env["NO_COLOR"] ?? "") !== "") return false
  const forced = env["FORCE_COLOR"] ?? ""
  if (forced !== "") return forced !== "0" && forced !== "false"
  return isTerminal && env["TERM"] !== "dumb"
}

export function paint(text: string, color: Color): string {
  return `\u001b[${CODES[color]}m${text}\u001b[0m`
}
