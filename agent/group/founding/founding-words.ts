import type { NodeId } from "@conclave/base"
import type { FoundingFailure, FoundingHeard, FoundingNews } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { Log } from "../../ports.ts"

interface Known {
  readonly expects: number
  readonly members: readonly Member[]
}

/** What a host founds with others is told to operators as it comes to be. */
export function writeNews(log: Log, news: FoundingNews, { expects, members }: Known): void {
  const write = (level: "info" | "warn", text: string): void => log.write(level, "raft.founding", text)
  switch (news.kind) {
    case "proposed":
      return write(
        "info",
        `this host asks ${namesOf(news.members, members)} to found a cluster together, all ${expects}`,
      )
    case "aborted":
      return write(
        "warn",
        `no cluster was founded, and what was promised for it is void: ${failureText(news.failure, members)}`,
      )
    case "pledged":
      return write("info", `this host has promised ${news.pledge.name} to found with it and with nobody else`)
    case "freed": {
      const why = news.why === "aborted" ? "it has aborted that" : "it is gone for good"
      return write("info", `what this host has promised ${news.pledge.name} is void: ${why}`)
    }
  }
}

export function failureText({ why, missing }: FoundingFailure, members: readonly Member[]): string {
  if (why === "restarted") return "this host was restarted meanwhile"
  return missing.map(({ id, heard }) => `${namesOf([id], members)} ${saidText(heard)}`).join("; ")
}

function saidText(heard: FoundingHeard): string {
  switch (heard.kind) {
    case "outranked":
      return `sees ${heard.by}, which should found instead`
    case "differs":
      return heard.expects === 0 ? "was not told to found with others" : `was told to found with ${heard.expects} hosts`
    case "cluster":
      return `belongs to cluster ${heard.cluster}`
    case "busy":
      return "has promised another, or has not heard enough yet"
    default:
      return "did not answer"
  }
}

export function namesOf(ids: readonly NodeId[], members: readonly Member[]): string {
  const nameOf = (each: NodeId): string => members.find(({ id }) => id === each)?.record.name ?? each
  return ids.map(nameOf).sort().join(", ")
}
