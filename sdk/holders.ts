import type { Json } from "./session-core/outcomes.ts"
import type { Holder as AnyHolder } from "./wire.gen.ts"

/** Who holds a name, as everybody sees it; `value` is what a leader has said of itself. */
export type Holder<V = Json> = Omit<AnyHolder, "value"> & { readonly value?: V }
