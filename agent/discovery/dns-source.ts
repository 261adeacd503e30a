import type { Names } from "../ports.ts"
import type { DiscoverySource } from "./source.ts"

/** All addresses of one DNS name; where it begins with `_`, those of the services that its SRV records name. */
export function dnsSource(names: Names, name: string): DiscoverySource {
  const isService = name.startsWith("_")
  const host = name.replace(/:\d+$/, "")
  const hint = `see what "${isService ? "dig SRV" : "getent ahosts"} ${host}" says on this host; it is tried again by itself`
  let isAsking = false
  let look = (): void => {}
  return {
    kind: "dns",
    what: `the DNS name ${name}`,
    start: (found, trouble) => {
      const own = (): void => {
        if (isAsking) return
        isAsking = true
        names.resolve(name, (addrs, problem) => {
          isAsking = false
          if (look !== own) return
          if (addrs.length > 0) found(addrs)
          else trouble({ problem, hint })
        })
      }
      look = own
      look()
    },
    refresh: () => look(),
    stop: () => {
      look = () => {}
    },
  }
}
