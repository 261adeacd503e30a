import { FrameReader, frame } from "@conclave/base"

/** Bodies of a request and of one page of its reply; no reader takes more. */
export const REQUEST_BYTES_MAX = 256 * 1024
export const PAGE_BYTES_MAX = 256 * 1024
export const REPLY_BYTES_MAX = 64 * 1024 * 1024
/** Of one reply: of pages without a byte there could be any number. */
export const PAGES_MAX = 4096

const PAGE = 0
const END = 1

/** The frames of a reply: one a page, then one that says that all pages are here. */
export function* replyFrames(pages: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const page of pages) yield tagged(PAGE, page)
  yield tagged(END, new Uint8Array(0))
}

/** False when no receiver would take this reply. */
export function replyFits(pages: readonly Uint8Array[]): boolean {
  if (pages.length > PAGES_MAX) return false
  let total = 0
  for (const page of pages) {
    if (page.length > PAGE_BYTES_MAX) return false
    total += page.length
  }
  return total <= REPLY_BYTES_MAX
}

function tagged(tag: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + body.length)
  bytes[0] = tag
  bytes.set(body, 1)
  return frame(bytes)
}

/** Collects the pages of one reply. */
export class PageReader {
  readonly #frames: FrameReader = new FrameReader(PAGE_BYTES_MAX + 1)
  readonly #pages: Uint8Array[] = []
  #bytes = 0

  /** The pages once all are here, "more" before, "broken" when this cannot be a reply. */
  push(chunk: Uint8Array): readonly Uint8Array[] | "more" | "broken" {
    const frames = this.#frames.push(chunk)
    if (frames === "oversize") return "broken"
    for (const body of frames) {
      if (body[0] === END && body.length === 1) return this.#pages
      if (body[0] !== PAGE) return "broken"
      this.#bytes += body.length - 1
      if (this.#bytes > REPLY_BYTES_MAX || this.#pages.length === PAGES_MAX) return "broken"
      this.#pages.push(body.subarray(1))
    }
    return "more"
  }
}
