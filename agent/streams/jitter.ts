import { hashText } from "@conclave/base"

/**
 * Between half of `ms` and all of it: another share for each agent and each turn, so that those who lost the same peer
 * in the same moment do not come back in the same moment. No dice: a run in virtual time is the same each time.
 */
export function jittered(ms: number, who: string, turn: number): number {
  return (ms * (1 + hashText(`${turn} ${who}`) / 2 ** 32)) / 2
}
