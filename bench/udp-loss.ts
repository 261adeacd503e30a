import { spawnSync } from "node:child_process"

/** Why datagrams cannot be lost on purpose here. */
export class LossUnavailableError extends Error {
  override name = "LossUnavailableError"
}

/**
 * Loses a share of all UDP datagrams on their way in, by a kernel rule in the bench's own namespace;
 * TCP stays whole. Gives what removes the rule. Throws `LossUnavailableError`.
 */
export function loseDatagrams(percent: number): () => void {
  const rules = [
    "add table inet bench",
    "add chain inet bench in { type filter hook input priority 0; }",
    `add rule inet bench in meta l4proto udp numgen random mod 100 < ${percent} drop`,
  ]
  const done = spawnSync("nft", ["-f", "-"], { input: `${rules.join("\n")}\n`, encoding: "utf8" })
  if (done.status !== 0) {
    const why = done.error?.message ?? done.stderr.trim()
    throw new LossUnavailableError(`cannot lose datagrams: ${why}.\nNext: apt-get install nftables`)
  }
  return () => {
    spawnSync("nft", ["delete", "table", "inet", "bench"])
  }
}
