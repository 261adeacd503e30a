import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Quantiles, quantiles, significant } from "./quantiles.ts"

const PAGE_BYTES = 4_096
const PAGES = 64
const WRITES = 200

/**
 * What one durable write costs on the disk of the servers and without them, in µs: 4 KiB and fdatasync, within a file
 * whose blocks were written before, as write-ahead logs do it. Goes beside every figure that waits for a disk.
 */
export function probeDisk(): Quantiles | null {
  const folder = mkdtempSync(join(tmpdir(), "bench-disk-"))
  const file = openSync(join(folder, "probe"), "w")
  const page = Buffer.alloc(PAGE_BYTES, 1)
  try {
    for (let index = 0; index < PAGES; index++) writeSync(file, page, 0, PAGE_BYTES, index * PAGE_BYTES)
    fdatasyncSync(file)
    const samples: number[] = []
    for (let count = 0; count < WRITES; count++) {
      const beganAtMs = performance.now()
      writeSync(file, page, 0, PAGE_BYTES, (count % PAGES) * PAGE_BYTES)
      fdatasyncSync(file)
      samples.push(significant((performance.now() - beganAtMs) * 1_000))
    }
    return quantiles(samples) ?? null
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true, force: true })
  }
}
