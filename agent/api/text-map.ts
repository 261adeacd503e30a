import { z } from "zod"

/** A name that every object of the language has, which is why zod leaves it out of a map without a word. */
const LEFT_OUT = "__proto__"

/** A map of text to text that is taken whole or not at all; `wrongName` is said of a name that it cannot have. */
export function textMap<N extends z.ZodType<string, string>, V extends z.ZodType<string, string>>(
  names: N,
  values: V,
  { wrongName, wrongMap }: { readonly wrongName: string; readonly wrongMap?: string },
) {
  return z.preprocess(
    (input, context) => {
      if (typeof input === "object" && input !== null && Object.hasOwn(input, LEFT_OUT)) {
        context.addIssue({ code: "custom", message: wrongName, path: [LEFT_OUT] })
      }
      return input
    },
    z.record(names, values, wrongMap),
  )
}
