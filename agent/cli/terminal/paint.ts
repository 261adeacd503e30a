const CODES = { green: 32, yellow: 33, red: 31, grey: 90, bold: 1 } as const

export type Color = keyof typeof CODES

/** What `paint` writes around a text, in a group, so that `split` keeps it. */
export const COLOR_CODE: RegExp = new RegExp(`(\u001b\\[(?:0|${Object.values(CODES).join("|")})m)`)

export function paint(text: string, color: Color): string {
  return `\u001b[${CODES[color]}m${text}\u001b[0m`
}

/** The flag decides, then NO_COLOR and FORCE_COLOR (no-color.org, force-color.org), then the terminal. */
export function wantsColor(
  flag: string,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flag !== "auto") return flag === "always"
  if ((env["NO_COLOR"] ?? "") !== "") return false
  const force = env["FORCE_COLOR"]
  if (force !== undefined && force !== "") return force !== "0"
  return isTerminal && env["TERM"] !== "dumb"
}

const BY_STATUS: Readonly<Record<string, Color>> = { alive: "green", suspect: "yellow", dead: "red", left: "grey" }

/** Colours only underline what the word says. */
export function statusColor(status: string): Color {
  return BY_STATUS[status] ?? "grey"
}
