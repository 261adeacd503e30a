export { configProblems, type Mode, type Profile, type SwimConfig, swimConfig } from "./config.ts"
export type { Counters } from "./counters.ts"
export { makeRecord, type RecordFields } from "./record.ts"
export { Swim } from "./swim.ts"
export type {
  Accusation,
  AccusationPath,
  Accuser,
  Effect,
  Input,
  JoinKeep,
  LinkEvent,
  Member,
  MemberChange,
  MemberRecord,
  MemberState,
  Message,
  PingPath,
  Seat,
  StreamReply,
  StreamRequest,
  Update,
} from "./types.ts"
export { HEALTH_BITS } from "./types.ts"
