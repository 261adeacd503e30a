import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace raft. */
export namespace raft {

    /**
     * Properties of a Message.
     * @deprecated Use raft.Message.$Properties instead.
     */
    interface IMessage extends raft.Message.$Properties {
    }

    /** Represents a Message. */
    class Message {

        /**
         * Constructs a new Message.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Message.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Message from. */
        from: string;

        /** Message to. */
        to: string;

        /** Message term. */
        term?: (number|null);

        /** Message append. */
        append?: (raft.Append.$Properties|null);

        /** Message appended. */
        appended?: (raft.Appended.$Properties|null);

        /** Message appendRejected. */
        appendRejected?: (raft.AppendRejected.$Properties|null);

        /** Message heartbeat. */
        heartbeat?: (raft.Heartbeat.$Properties|null);

        /** Message heartbeatReply. */
        heartbeatReply?: (raft.HeartbeatReply.$Properties|null);

        /** Message preVote. */
        preVote?: (raft.Ballot.$Properties|null);

        /** Message preVoteReply. */
        preVoteReply?: (raft.Answer.$Properties|null);

        /** Message vote. */
        vote?: (raft.Ballot.$Properties|null);

        /** Message voteReply. */
        voteReply?: (raft.Answer.$Properties|null);

        /** Message timeoutNow. */
        timeoutNow?: (raft.Nothing.$Properties|null);

        /** Message readIndex. */
        readIndex?: (raft.ReadIndex.$Properties|null);

        /** Message readIndexReply. */
        readIndexReply?: (raft.ReadIndexReply.$Properties|null);

        /** Message removed. */
        removed?: (raft.Removed.$Properties|null);

        /** Message members. */
        members?: (raft.Members.$Properties|null);

        /** Message kind. */
        kind?: ("append"|"appended"|"appendRejected"|"heartbeat"|"heartbeatReply"|"preVote"|"preVoteReply"|"vote"|"voteReply"|"timeoutNow"|"readIndex"|"readIndexReply"|"removed"|"members");

        /**
         * Encodes the specified Message message. Does not implicitly {@link raft.Message.verify|verify} messages.
         * @param message Message message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Message & raft.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Message & raft.Message.$Shape;
    }

    namespace Message {

        /** Properties of a Message. */
        interface $Properties {

            /** Message from */
            from?: (string|null);

            /** Message to */
            to?: (string|null);

            /** Message term */
            term?: (number|null);

            /** Message append */
            append?: (raft.Append.$Properties|null);

            /** Message appended */
            appended?: (raft.Appended.$Properties|null);

            /** Message appendRejected */
            appendRejected?: (raft.AppendRejected.$Properties|null);

            /** Message heartbeat */
            heartbeat?: (raft.Heartbeat.$Properties|null);

            /** Message heartbeatReply */
            heartbeatReply?: (raft.HeartbeatReply.$Properties|null);

            /** Message preVote */
            preVote?: (raft.Ballot.$Properties|null);

            /** Message preVoteReply */
            preVoteReply?: (raft.Answer.$Properties|null);

            /** Message vote */
            vote?: (raft.Ballot.$Properties|null);

            /** Message voteReply */
            voteReply?: (raft.Answer.$Properties|null);

            /** Message timeoutNow */
            timeoutNow?: (raft.Nothing.$Properties|null);

            /** Message readIndex */
            readIndex?: (raft.ReadIndex.$Properties|null);

            /** Message readIndexReply */
            readIndexReply?: (raft.ReadIndexReply.$Properties|null);

            /** Message removed */
            removed?: (raft.Removed.$Properties|null);

            /** Message members */
            members?: (raft.Members.$Properties|null);

            /** Message kind */
            kind?: ("append"|"appended"|"appendRejected"|"heartbeat"|"heartbeatReply"|"preVote"|"preVoteReply"|"vote"|"voteReply"|"timeoutNow"|"readIndex"|"readIndexReply"|"removed"|"members");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Message. */
        type $Shape = {
          from?: string|null;
          to?: string|null;
          term?: number|null;
          append?: raft.Append.$Shape|null;
          appended?: raft.Appended.$Shape|null;
          appendRejected?: raft.AppendRejected.$Shape|null;
          heartbeat?: raft.Heartbeat.$Shape|null;
          heartbeatReply?: raft.HeartbeatReply.$Shape|null;
          preVote?: raft.Ballot.$Shape|null;
          preVoteReply?: raft.Answer.$Shape|null;
          vote?: raft.Ballot.$Shape|null;
          voteReply?: raft.Answer.$Shape|null;
          timeoutNow?: raft.Nothing.$Shape|null;
          readIndex?: raft.ReadIndex.$Shape|null;
          readIndexReply?: raft.ReadIndexReply.$Shape|null;
          removed?: raft.Removed.$Shape|null;
          members?: raft.Members.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "append"; append: raft.Append.$Shape; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "appended"; append?: null; appended: raft.Appended.$Shape; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "appendRejected"; append?: null; appended?: null; appendRejected: raft.AppendRejected.$Shape; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "heartbeat"; append?: null; appended?: null; appendRejected?: null; heartbeat: raft.Heartbeat.$Shape; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "heartbeatReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply: raft.HeartbeatReply.$Shape; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "preVote"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote: raft.Ballot.$Shape; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "preVoteReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply: raft.Answer.$Shape; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "vote"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote: raft.Ballot.$Shape; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "voteReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply: raft.Answer.$Shape; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "timeoutNow"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow: raft.Nothing.$Shape; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "readIndex"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex: raft.ReadIndex.$Shape; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "readIndexReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply: raft.ReadIndexReply.$Shape; removed?: null; members?: null }|{ kind?: "removed"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed: raft.Removed.$Shape; members?: null }|{ kind?: "members"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members: raft.Members.$Shape })
        );
    }

    /**
     * Properties of a Nothing.
     * @deprecated Use raft.Nothing.$Properties instead.
     */
    interface INothing extends raft.Nothing.$Properties {
    }

    /** Represents a Nothing. */
    class Nothing {

        /**
         * Constructs a new Nothing.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Nothing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link raft.Nothing.verify|verify} messages.
         * @param message Nothing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Nothing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Nothing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Nothing & raft.Nothing.$Shape} Nothing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Nothing & raft.Nothing.$Shape;
    }

    namespace Nothing {

        /** Properties of a Nothing. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Nothing. */
        type $Shape = raft.Nothing.$Properties;
    }

    /**
     * Properties of a Position.
     * @deprecated Use raft.Position.$Properties instead.
     */
    interface IPosition extends raft.Position.$Properties {
    }

    /** Represents a Position. */
    class Position {

        /**
         * Constructs a new Position.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Position.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Position index. */
        index?: (number|null);

        /** Position term. */
        term?: (number|null);

        /**
         * Encodes the specified Position message. Does not implicitly {@link raft.Position.verify|verify} messages.
         * @param message Position message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Position.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Position message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Position & raft.Position.$Shape} Position
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Position & raft.Position.$Shape;
    }

    namespace Position {

        /** Properties of a Position. */
        interface $Properties {

            /** Position index */
            index?: (number|null);

            /** Position term */
            term?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Position. */
        type $Shape = raft.Position.$Properties;
    }

    /**
     * Properties of an Append.
     * @deprecated Use raft.Append.$Properties instead.
     */
    interface IAppend extends raft.Append.$Properties {
    }

    /** Represents an Append. */
    class Append {

        /**
         * Constructs a new Append.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Append.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Append prev. */
        prev?: (raft.Position.$Properties|null);

        /** Append commit. */
        commit?: (number|null);

        /** Append quiet. */
        quiet: boolean;

        /** Append entries. */
        entries: raft.Entry.$Properties[];

        /**
         * Encodes the specified Append message. Does not implicitly {@link raft.Append.verify|verify} messages.
         * @param message Append message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Append.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Append message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Append & raft.Append.$Shape} Append
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Append & raft.Append.$Shape;
    }

    namespace Append {

        /** Properties of an Append. */
        interface $Properties {

            /** Append prev */
            prev?: (raft.Position.$Properties|null);

            /** Append commit */
            commit?: (number|null);

            /** Append quiet */
            quiet?: (boolean|null);

            /** Append entries */
            entries?: (raft.Entry.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Append. */
        type $Shape = raft.Append.$Properties;
    }

    /**
     * Properties of an Appended.
     * @deprecated Use raft.Appended.$Properties instead.
     */
    interface IAppended extends raft.Appended.$Properties {
    }

    /** Represents an Appended. */
    class Appended {

        /**
         * Constructs a new Appended.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Appended.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Appended match. */
        match?: (number|null);

        /**
         * Encodes the specified Appended message. Does not implicitly {@link raft.Appended.verify|verify} messages.
         * @param message Appended message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Appended.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Appended message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Appended & raft.Appended.$Shape} Appended
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Appended & raft.Appended.$Shape;
    }

    namespace Appended {

        /** Properties of an Appended. */
        interface $Properties {

            /** Appended match */
            match?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Appended. */
        type $Shape = raft.Appended.$Properties;
    }

    /**
     * Properties of an AppendRejected.
     * @deprecated Use raft.AppendRejected.$Properties instead.
     */
    interface IAppendRejected extends raft.AppendRejected.$Properties {
    }

    /** Represents an AppendRejected. */
    class AppendRejected {

        /**
         * Constructs a new AppendRejected.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.AppendRejected.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AppendRejected rejected. */
        rejected?: (number|null);

        /** AppendRejected hint. */
        hint?: (raft.Position.$Properties|null);

        /**
         * Encodes the specified AppendRejected message. Does not implicitly {@link raft.AppendRejected.verify|verify} messages.
         * @param message AppendRejected message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.AppendRejected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AppendRejected message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.AppendRejected & raft.AppendRejected.$Shape} AppendRejected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.AppendRejected & raft.AppendRejected.$Shape;
    }

    namespace AppendRejected {

        /** Properties of an AppendRejected. */
        interface $Properties {

            /** AppendRejected rejected */
            rejected?: (number|null);

            /** AppendRejected hint */
            hint?: (raft.Position.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AppendRejected. */
        type $Shape = raft.AppendRejected.$Properties;
    }

    /**
     * Properties of a Heartbeat.
     * @deprecated Use raft.Heartbeat.$Properties instead.
     */
    interface IHeartbeat extends raft.Heartbeat.$Properties {
    }

    /** Represents a Heartbeat. */
    class Heartbeat {

        /**
         * Constructs a new Heartbeat.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Heartbeat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Heartbeat commit. */
        commit?: (number|null);

        /** Heartbeat match. */
        match?: (number|null);

        /** Heartbeat round. */
        round?: (number|null);

        /** Heartbeat behind. */
        behind: boolean;

        /**
         * Encodes the specified Heartbeat message. Does not implicitly {@link raft.Heartbeat.verify|verify} messages.
         * @param message Heartbeat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Heartbeat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Heartbeat & raft.Heartbeat.$Shape} Heartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Heartbeat & raft.Heartbeat.$Shape;
    }

    namespace Heartbeat {

        /** Properties of a Heartbeat. */
        interface $Properties {

            /** Heartbeat commit */
            commit?: (number|null);

            /** Heartbeat match */
            match?: (number|null);

            /** Heartbeat round */
            round?: (number|null);

            /** Heartbeat behind */
            behind?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Heartbeat. */
        type $Shape = raft.Heartbeat.$Properties;
    }

    /**
     * Properties of a HeartbeatReply.
     * @deprecated Use raft.HeartbeatReply.$Properties instead.
     */
    interface IHeartbeatReply extends raft.HeartbeatReply.$Properties {
    }

    /** Represents a HeartbeatReply. */
    class HeartbeatReply {

        /**
         * Constructs a new HeartbeatReply.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.HeartbeatReply.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HeartbeatReply round. */
        round?: (number|null);

        /** HeartbeatReply featureMax. */
        featureMax: number;

        /** HeartbeatReply full. */
        full: boolean;

        /** HeartbeatReply slow. */
        slow: boolean;

        /**
         * Encodes the specified HeartbeatReply message. Does not implicitly {@link raft.HeartbeatReply.verify|verify} messages.
         * @param message HeartbeatReply message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.HeartbeatReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HeartbeatReply message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.HeartbeatReply & raft.HeartbeatReply.$Shape} HeartbeatReply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.HeartbeatReply & raft.HeartbeatReply.$Shape;
    }

    namespace HeartbeatReply {

        /** Properties of a HeartbeatReply. */
        interface $Properties {

            /** HeartbeatReply round */
            round?: (number|null);

            /** HeartbeatReply featureMax */
            featureMax?: (number|null);

            /** HeartbeatReply full */
            full?: (boolean|null);

            /** HeartbeatReply slow */
            slow?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HeartbeatReply. */
        type $Shape = raft.HeartbeatReply.$Properties;
    }

    /**
     * Properties of a Ballot.
     * @deprecated Use raft.Ballot.$Properties instead.
     */
    interface IBallot extends raft.Ballot.$Properties {
    }

    /** Represents a Ballot. */
    class Ballot {

        /**
         * Constructs a new Ballot.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Ballot.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ballot last. */
        last?: (raft.Position.$Properties|null);

        /** Ballot byTransfer. */
        byTransfer: boolean;

        /** Ballot byHint. */
        byHint: boolean;

        /**
         * Encodes the specified Ballot message. Does not implicitly {@link raft.Ballot.verify|verify} messages.
         * @param message Ballot message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Ballot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Ballot message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Ballot & raft.Ballot.$Shape} Ballot
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Ballot & raft.Ballot.$Shape;
    }

    namespace Ballot {

        /** Properties of a Ballot. */
        interface $Properties {

            /** Ballot last */
            last?: (raft.Position.$Properties|null);

            /** Ballot byTransfer */
            byTransfer?: (boolean|null);

            /** Ballot byHint */
            byHint?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Ballot. */
        type $Shape = raft.Ballot.$Properties;
    }

    /**
     * Properties of an Answer.
     * @deprecated Use raft.Answer.$Properties instead.
     */
    interface IAnswer extends raft.Answer.$Properties {
    }

    /** Represents an Answer. */
    class Answer {

        /**
         * Constructs a new Answer.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Answer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Answer granted. */
        granted: boolean;

        /** Answer refusal. */
        refusal: number;

        /**
         * Encodes the specified Answer message. Does not implicitly {@link raft.Answer.verify|verify} messages.
         * @param message Answer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Answer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Answer & raft.Answer.$Shape} Answer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Answer & raft.Answer.$Shape;
    }

    namespace Answer {

        /** Properties of an Answer. */
        interface $Properties {

            /** Answer granted */
            granted?: (boolean|null);

            /** Answer refusal */
            refusal?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Answer. */
        type $Shape = raft.Answer.$Properties;
    }

    /**
     * Properties of a ReadIndex.
     * @deprecated Use raft.ReadIndex.$Properties instead.
     */
    interface IReadIndex extends raft.ReadIndex.$Properties {
    }

    /** Represents a ReadIndex. */
    class ReadIndex {

        /**
         * Constructs a new ReadIndex.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.ReadIndex.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReadIndex call. */
        call?: (number|null);

        /**
         * Encodes the specified ReadIndex message. Does not implicitly {@link raft.ReadIndex.verify|verify} messages.
         * @param message ReadIndex message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.ReadIndex.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReadIndex message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.ReadIndex & raft.ReadIndex.$Shape} ReadIndex
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.ReadIndex & raft.ReadIndex.$Shape;
    }

    namespace ReadIndex {

        /** Properties of a ReadIndex. */
        interface $Properties {

            /** ReadIndex call */
            call?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReadIndex. */
        type $Shape = raft.ReadIndex.$Properties;
    }

    /**
     * Properties of a ReadIndexReply.
     * @deprecated Use raft.ReadIndexReply.$Properties instead.
     */
    interface IReadIndexReply extends raft.ReadIndexReply.$Properties {
    }

    /** Represents a ReadIndexReply. */
    class ReadIndexReply {

        /**
         * Constructs a new ReadIndexReply.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.ReadIndexReply.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReadIndexReply call. */
        call?: (number|null);

        /** ReadIndexReply index. */
        index?: (number|null);

        /**
         * Encodes the specified ReadIndexReply message. Does not implicitly {@link raft.ReadIndexReply.verify|verify} messages.
         * @param message ReadIndexReply message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.ReadIndexReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReadIndexReply message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.ReadIndexReply & raft.ReadIndexReply.$Shape} ReadIndexReply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.ReadIndexReply & raft.ReadIndexReply.$Shape;
    }

    namespace ReadIndexReply {

        /** Properties of a ReadIndexReply. */
        interface $Properties {

            /** ReadIndexReply call */
            call?: (number|null);

            /** ReadIndexReply index */
            index?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReadIndexReply. */
        type $Shape = raft.ReadIndexReply.$Properties;
    }

    /**
     * Properties of a Removed.
     * @deprecated Use raft.Removed.$Properties instead.
     */
    interface IRemoved extends raft.Removed.$Properties {
    }

    /** Represents a Removed. */
    class Removed {

        /**
         * Constructs a new Removed.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Removed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Removed at. */
        at?: (number|null);

        /**
         * Encodes the specified Removed message. Does not implicitly {@link raft.Removed.verify|verify} messages.
         * @param message Removed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Removed & raft.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Removed & raft.Removed.$Shape;
    }

    namespace Removed {

        /** Properties of a Removed. */
        interface $Properties {

            /** Removed at */
            at?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Removed. */
        type $Shape = raft.Removed.$Properties;
    }

    /**
     * Properties of a Members.
     * @deprecated Use raft.Members.$Properties instead.
     */
    interface IMembers extends raft.Members.$Properties {
    }

    /** Represents a Members. */
    class Members {

        /**
         * Constructs a new Members.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Members.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Members at. */
        at?: (raft.Position.$Properties|null);

        /** Members group. */
        group?: (raft.Group.$Properties|null);

        /**
         * Encodes the specified Members message. Does not implicitly {@link raft.Members.verify|verify} messages.
         * @param message Members message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Members.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Members message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Members & raft.Members.$Shape} Members
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Members & raft.Members.$Shape;
    }

    namespace Members {

        /** Properties of a Members. */
        interface $Properties {

            /** Members at */
            at?: (raft.Position.$Properties|null);

            /** Members group */
            group?: (raft.Group.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Members. */
        type $Shape = raft.Members.$Properties;
    }

    /**
     * Properties of an Entry.
     * @deprecated Use raft.Entry.$Properties instead.
     */
    interface IEntry extends raft.Entry.$Properties {
    }

    /** Represents an Entry. */
    class Entry {

        /**
         * Constructs a new Entry.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Entry.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Entry index. */
        index?: (number|null);

        /** Entry term. */
        term?: (number|null);

        /** Entry kind. */
        kind: number;

        /** Entry stampMs. */
        stampMs?: (number|null);

        /** Entry featureLevel. */
        featureLevel: number;

        /** Entry data. */
        data: Uint8Array;

        /** Entry group. */
        group?: (raft.Group.$Properties|null);

        /**
         * Encodes the specified Entry message. Does not implicitly {@link raft.Entry.verify|verify} messages.
         * @param message Entry message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Entry message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Entry & raft.Entry.$Shape} Entry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Entry & raft.Entry.$Shape;
    }

    namespace Entry {

        /** Properties of an Entry. */
        interface $Properties {

            /** Entry index */
            index?: (number|null);

            /** Entry term */
            term?: (number|null);

            /** Entry kind */
            kind?: (number|null);

            /** Entry stampMs */
            stampMs?: (number|null);

            /** Entry featureLevel */
            featureLevel?: (number|null);

            /** Entry data */
            data?: (Uint8Array|null);

            /** Entry group */
            group?: (raft.Group.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Entry. */
        type $Shape = raft.Entry.$Properties;
    }

    /**
     * Properties of a Group.
     * @deprecated Use raft.Group.$Properties instead.
     */
    interface IGroup extends raft.Group.$Properties {
    }

    /** Represents a Group. */
    class Group {

        /**
         * Constructs a new Group.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.Group.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Group voters. */
        voters: string[];

        /** Group outgoing. */
        outgoing: string[];

        /** Group learners. */
        learners: string[];

        /** Group learnersNext. */
        learnersNext: string[];

        /**
         * Encodes the specified Group message. Does not implicitly {@link raft.Group.verify|verify} messages.
         * @param message Group message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.Group.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Group message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.Group & raft.Group.$Shape} Group
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.Group & raft.Group.$Shape;
    }

    namespace Group {

        /** Properties of a Group. */
        interface $Properties {

            /** Group voters */
            voters?: (string[]|null);

            /** Group outgoing */
            outgoing?: (string[]|null);

            /** Group learners */
            learners?: (string[]|null);

            /** Group learnersNext */
            learnersNext?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Group. */
        type $Shape = raft.Group.$Properties;
    }

    /**
     * Properties of a HardState.
     * @deprecated Use raft.HardState.$Properties instead.
     */
    interface IHardState extends raft.HardState.$Properties {
    }

    /** Represents a HardState. */
    class HardState {

        /**
         * Constructs a new HardState.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.HardState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HardState term. */
        term?: (number|null);

        /** HardState vote. */
        vote: string;

        /** HardState commit. */
        commit?: (number|null);

        /**
         * Encodes the specified HardState message. Does not implicitly {@link raft.HardState.verify|verify} messages.
         * @param message HardState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.HardState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HardState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.HardState & raft.HardState.$Shape} HardState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.HardState & raft.HardState.$Shape;
    }

    namespace HardState {

        /** Properties of a HardState. */
        interface $Properties {

            /** HardState term */
            term?: (number|null);

            /** HardState vote */
            vote?: (string|null);

            /** HardState commit */
            commit?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HardState. */
        type $Shape = raft.HardState.$Properties;
    }

    /**
     * Properties of a SnapshotMeta.
     * @deprecated Use raft.SnapshotMeta.$Properties instead.
     */
    interface ISnapshotMeta extends raft.SnapshotMeta.$Properties {
    }

    /** Represents a SnapshotMeta. */
    class SnapshotMeta {

        /**
         * Constructs a new SnapshotMeta.
         * @param [properties] Properties to set
         */
        constructor(properties?: raft.SnapshotMeta.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SnapshotMeta index. */
        index?: (number|null);

        /** SnapshotMeta term. */
        term?: (number|null);

        /** SnapshotMeta group. */
        group?: (raft.Group.$Properties|null);

        /** SnapshotMeta featureLevel. */
        featureLevel: number;

        /**
         * Encodes the specified SnapshotMeta message. Does not implicitly {@link raft.SnapshotMeta.verify|verify} messages.
         * @param message SnapshotMeta message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: raft.SnapshotMeta.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SnapshotMeta message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {raft.SnapshotMeta & raft.SnapshotMeta.$Shape} SnapshotMeta
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): raft.SnapshotMeta & raft.SnapshotMeta.$Shape;
    }

    namespace SnapshotMeta {

        /** Properties of a SnapshotMeta. */
        interface $Properties {

            /** SnapshotMeta index */
            index?: (number|null);

            /** SnapshotMeta term */
            term?: (number|null);

            /** SnapshotMeta group */
            group?: (raft.Group.$Properties|null);

            /** SnapshotMeta featureLevel */
            featureLevel?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SnapshotMeta. */
        type $Shape = raft.SnapshotMeta.$Properties;
    }
}
