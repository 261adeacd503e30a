import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace gossip. */
export namespace gossip {

    /**
     * Properties of a Packet.
     * @deprecated Use gossip.Packet.$Properties instead.
     */
    interface IPacket extends gossip.Packet.$Properties {
    }

    /** Represents a Packet. */
    class Packet {

        /**
         * Constructs a new Packet.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Packet.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Packet ping. */
        ping?: (number|null);

        /** Packet ack. */
        ack?: (number|null);

        /** Packet nack. */
        nack?: (number|null);

        /** Packet pingReq. */
        pingReq?: (number|null);

        /** Packet target. */
        target: Uint8Array;

        /** Packet timeoutMs. */
        timeoutMs: number;

        /** Packet digest. */
        digest: number;

        /** Packet updates. */
        updates: gossip.Update.$Properties[];

        /** Packet kind. */
        kind?: ("ping"|"ack"|"nack"|"pingReq");

        /**
         * Encodes the specified Packet message. Does not implicitly {@link gossip.Packet.verify|verify} messages.
         * @param message Packet message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Packet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Packet message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Packet & gossip.Packet.$Shape} Packet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Packet & gossip.Packet.$Shape;
    }

    namespace Packet {

        /** Properties of a Packet. */
        interface $Properties {

            /** Packet ping */
            ping?: (number|null);

            /** Packet ack */
            ack?: (number|null);

            /** Packet nack */
            nack?: (number|null);

            /** Packet pingReq */
            pingReq?: (number|null);

            /** Packet target */
            target?: (Uint8Array|null);

            /** Packet timeoutMs */
            timeoutMs?: (number|null);

            /** Packet digest */
            digest?: (number|null);

            /** Packet updates */
            updates?: (gossip.Update.$Properties[]|null);

            /** Packet kind */
            kind?: ("ping"|"ack"|"nack"|"pingReq");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Packet. */
        type $Shape = {
          ping?: number|null;
          ack?: number|null;
          nack?: number|null;
          pingReq?: number|null;
          target?: Uint8Array|null;
          timeoutMs?: number|null;
          digest?: number|null;
          updates?: gossip.Update.$Shape[]|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; ping?: null; ack?: null; nack?: null; pingReq?: null }|{ kind?: "ping"; ping: number; ack?: null; nack?: null; pingReq?: null }|{ kind?: "ack"; ping?: null; ack: number; nack?: null; pingReq?: null }|{ kind?: "nack"; ping?: null; ack?: null; nack: number; pingReq?: null }|{ kind?: "pingReq"; ping?: null; ack?: null; nack?: null; pingReq: number })
        );
    }

    /**
     * Properties of an Update.
     * @deprecated Use gossip.Update.$Properties instead.
     */
    interface IUpdate extends gossip.Update.$Properties {
    }

    /** Represents an Update. */
    class Update {

        /**
         * Constructs a new Update.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Update.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Update alive. */
        alive?: (Uint8Array|null);

        /** Update suspect. */
        suspect?: (gossip.Verdict.$Properties|null);

        /** Update dead. */
        dead?: (gossip.Verdict.$Properties|null);

        /** Update left. */
        left?: (gossip.Verdict.$Properties|null);

        /** Update later. */
        later?: (Uint8Array|null);

        /** Update hops. */
        hops: number;

        /** Update kind. */
        kind?: ("alive"|"suspect"|"dead"|"left"|"later");

        /**
         * Encodes the specified Update message. Does not implicitly {@link gossip.Update.verify|verify} messages.
         * @param message Update message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Update.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Update message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Update & gossip.Update.$Shape} Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Update & gossip.Update.$Shape;
    }

    namespace Update {

        /** Properties of an Update. */
        interface $Properties {

            /** Update alive */
            alive?: (Uint8Array|null);

            /** Update suspect */
            suspect?: (gossip.Verdict.$Properties|null);

            /** Update dead */
            dead?: (gossip.Verdict.$Properties|null);

            /** Update left */
            left?: (gossip.Verdict.$Properties|null);

            /** Update later */
            later?: (Uint8Array|null);

            /** Update hops */
            hops?: (number|null);

            /** Update kind */
            kind?: ("alive"|"suspect"|"dead"|"left"|"later");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Update. */
        type $Shape = {
          alive?: Uint8Array|null;
          suspect?: gossip.Verdict.$Shape|null;
          dead?: gossip.Verdict.$Shape|null;
          left?: gossip.Verdict.$Shape|null;
          later?: Uint8Array|null;
          hops?: number|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; alive?: null; suspect?: null; dead?: null; left?: null; later?: null }|{ kind?: "alive"; alive: Uint8Array; suspect?: null; dead?: null; left?: null; later?: null }|{ kind?: "suspect"; alive?: null; suspect: gossip.Verdict.$Shape; dead?: null; left?: null; later?: null }|{ kind?: "dead"; alive?: null; suspect?: null; dead: gossip.Verdict.$Shape; left?: null; later?: null }|{ kind?: "left"; alive?: null; suspect?: null; dead?: null; left: gossip.Verdict.$Shape; later?: null }|{ kind?: "later"; alive?: null; suspect?: null; dead?: null; left?: null; later: Uint8Array })
        );
    }

    /**
     * Properties of a Verdict.
     * @deprecated Use gossip.Verdict.$Properties instead.
     */
    interface IVerdict extends gossip.Verdict.$Properties {
    }

    /** Represents a Verdict. */
    class Verdict {

        /**
         * Constructs a new Verdict.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Verdict.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Verdict id. */
        id: Uint8Array;

        /** Verdict generation. */
        generation?: (number|null);

        /** Verdict incarnation. */
        incarnation: number;

        /** Verdict accusers. */
        accusers: gossip.Accuser.$Properties[];

        /** Verdict ageMs. */
        ageMs?: (number|null);

        /** Verdict prune. */
        prune: boolean;

        /**
         * Encodes the specified Verdict message. Does not implicitly {@link gossip.Verdict.verify|verify} messages.
         * @param message Verdict message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Verdict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Verdict message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Verdict & gossip.Verdict.$Shape} Verdict
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Verdict & gossip.Verdict.$Shape;
    }

    namespace Verdict {

        /** Properties of a Verdict. */
        interface $Properties {

            /** Verdict id */
            id?: (Uint8Array|null);

            /** Verdict generation */
            generation?: (number|null);

            /** Verdict incarnation */
            incarnation?: (number|null);

            /** Verdict accusers */
            accusers?: (gossip.Accuser.$Properties[]|null);

            /** Verdict ageMs */
            ageMs?: (number|null);

            /** Verdict prune */
            prune?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Verdict. */
        type $Shape = gossip.Verdict.$Properties;
    }

    /**
     * Properties of an Accuser.
     * @deprecated Use gossip.Accuser.$Properties instead.
     */
    interface IAccuser extends gossip.Accuser.$Properties {
    }

    /** Represents an Accuser. */
    class Accuser {

        /**
         * Constructs a new Accuser.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Accuser.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Accuser id. */
        id: Uint8Array;

        /** Accuser path. */
        path: number;

        /** Accuser rttUs. */
        rttUs: number;

        /** Accuser health. */
        health: number;

        /**
         * Encodes the specified Accuser message. Does not implicitly {@link gossip.Accuser.verify|verify} messages.
         * @param message Accuser message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Accuser.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Accuser message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Accuser & gossip.Accuser.$Shape} Accuser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Accuser & gossip.Accuser.$Shape;
    }

    namespace Accuser {

        /** Properties of an Accuser. */
        interface $Properties {

            /** Accuser id */
            id?: (Uint8Array|null);

            /** Accuser path */
            path?: (number|null);

            /** Accuser rttUs */
            rttUs?: (number|null);

            /** Accuser health */
            health?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Accuser. */
        type $Shape = gossip.Accuser.$Properties;
    }

    /**
     * Properties of a Record.
     * @deprecated Use gossip.Record.$Properties instead.
     */
    interface IRecord extends gossip.Record.$Properties {
    }

    /** Represents a Record. */
    class Record {

        /**
         * Constructs a new Record.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Record.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Record id. */
        id: Uint8Array;

        /** Record name. */
        name: string;

        /** Record addr. */
        addr: string;

        /** Record generation. */
        generation?: (number|null);

        /** Record incarnation. */
        incarnation: number;

        /** Record tags. */
        tags: string[];

        /** Record zone. */
        zone: string;

        /** Record version. */
        version: string;

        /** Record protocolMin. */
        protocolMin: number;

        /** Record protocolMax. */
        protocolMax: number;

        /** Record health. */
        health: number;

        /** Record restartingForMs. */
        restartingForMs: number;

        /** Record clusterId. */
        clusterId: Uint8Array;

        /** Record replicaId. */
        replicaId: Uint8Array;

        /** Record raftRole. */
        raftRole: number;

        /** Record voterWish. */
        voterWish: number;

        /** Record logFull. */
        logFull: boolean;

        /** Record expects. */
        expects: number;

        /**
         * Encodes the specified Record message. Does not implicitly {@link gossip.Record.verify|verify} messages.
         * @param message Record message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Record.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Record message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Record & gossip.Record.$Shape} Record
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Record & gossip.Record.$Shape;
    }

    namespace Record {

        /** Properties of a Record. */
        interface $Properties {

            /** Record id */
            id?: (Uint8Array|null);

            /** Record name */
            name?: (string|null);

            /** Record addr */
            addr?: (string|null);

            /** Record generation */
            generation?: (number|null);

            /** Record incarnation */
            incarnation?: (number|null);

            /** Record tags */
            tags?: (string[]|null);

            /** Record zone */
            zone?: (string|null);

            /** Record version */
            version?: (string|null);

            /** Record protocolMin */
            protocolMin?: (number|null);

            /** Record protocolMax */
            protocolMax?: (number|null);

            /** Record health */
            health?: (number|null);

            /** Record restartingForMs */
            restartingForMs?: (number|null);

            /** Record clusterId */
            clusterId?: (Uint8Array|null);

            /** Record replicaId */
            replicaId?: (Uint8Array|null);

            /** Record raftRole */
            raftRole?: (number|null);

            /** Record voterWish */
            voterWish?: (number|null);

            /** Record logFull */
            logFull?: (boolean|null);

            /** Record expects */
            expects?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Record. */
        type $Shape = gossip.Record.$Properties;
    }

    /**
     * Properties of a Request.
     * @deprecated Use gossip.Request.$Properties instead.
     */
    interface IRequest extends gossip.Request.$Properties {
    }

    /** Represents a Request. */
    class Request {

        /**
         * Constructs a new Request.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Request.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Request from. */
        from: Uint8Array;

        /** Request ping. */
        ping?: (Uint8Array|null);

        /** Request join. */
        join?: (Uint8Array|null);

        /** Request digest. */
        digest?: (gossip.Digest.$Properties|null);

        /** Request rows. */
        rows?: (gossip.Rows.$Properties|null);

        /** Request kind. */
        kind?: ("ping"|"join"|"digest"|"rows");

        /**
         * Encodes the specified Request message. Does not implicitly {@link gossip.Request.verify|verify} messages.
         * @param message Request message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Request.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Request & gossip.Request.$Shape} Request
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Request & gossip.Request.$Shape;
    }

    namespace Request {

        /** Properties of a Request. */
        interface $Properties {

            /** Request from */
            from?: (Uint8Array|null);

            /** Request ping */
            ping?: (Uint8Array|null);

            /** Request join */
            join?: (Uint8Array|null);

            /** Request digest */
            digest?: (gossip.Digest.$Properties|null);

            /** Request rows */
            rows?: (gossip.Rows.$Properties|null);

            /** Request kind */
            kind?: ("ping"|"join"|"digest"|"rows");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Request. */
        type $Shape = {
          from?: Uint8Array|null;
          ping?: Uint8Array|null;
          join?: Uint8Array|null;
          digest?: gossip.Digest.$Shape|null;
          rows?: gossip.Rows.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; ping?: null; join?: null; digest?: null; rows?: null }|{ kind?: "ping"; ping: Uint8Array; join?: null; digest?: null; rows?: null }|{ kind?: "join"; ping?: null; join: Uint8Array; digest?: null; rows?: null }|{ kind?: "digest"; ping?: null; join?: null; digest: gossip.Digest.$Shape; rows?: null }|{ kind?: "rows"; ping?: null; join?: null; digest?: null; rows: gossip.Rows.$Shape })
        );
    }

    /**
     * Properties of a Reply.
     * @deprecated Use gossip.Reply.$Properties instead.
     */
    interface IReply extends gossip.Reply.$Properties {
    }

    /** Represents a Reply. */
    class Reply {

        /**
         * Constructs a new Reply.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Reply.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Reply from. */
        from: Uint8Array;

        /** Reply pong. */
        pong?: (number|null);

        /** Reply wrongTarget. */
        wrongTarget?: (boolean|null);

        /** Reply rows. */
        rows?: (gossip.Rows.$Properties|null);

        /** Reply nameTaken. */
        nameTaken?: (Uint8Array|null);

        /** Reply refused. */
        refused?: (string|null);

        /** Reply kind. */
        kind?: ("pong"|"wrongTarget"|"rows"|"nameTaken"|"refused");

        /**
         * Encodes the specified Reply message. Does not implicitly {@link gossip.Reply.verify|verify} messages.
         * @param message Reply message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Reply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Reply message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Reply & gossip.Reply.$Shape} Reply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Reply & gossip.Reply.$Shape;
    }

    namespace Reply {

        /** Properties of a Reply. */
        interface $Properties {

            /** Reply from */
            from?: (Uint8Array|null);

            /** Reply pong */
            pong?: (number|null);

            /** Reply wrongTarget */
            wrongTarget?: (boolean|null);

            /** Reply rows */
            rows?: (gossip.Rows.$Properties|null);

            /** Reply nameTaken */
            nameTaken?: (Uint8Array|null);

            /** Reply refused */
            refused?: (string|null);

            /** Reply kind */
            kind?: ("pong"|"wrongTarget"|"rows"|"nameTaken"|"refused");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Reply. */
        type $Shape = {
          from?: Uint8Array|null;
          pong?: number|null;
          wrongTarget?: boolean|null;
          rows?: gossip.Rows.$Shape|null;
          nameTaken?: Uint8Array|null;
          refused?: string|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; pong?: null; wrongTarget?: null; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "pong"; pong: number; wrongTarget?: null; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "wrongTarget"; pong?: null; wrongTarget: boolean; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "rows"; pong?: null; wrongTarget?: null; rows: gossip.Rows.$Shape; nameTaken?: null; refused?: null }|{ kind?: "nameTaken"; pong?: null; wrongTarget?: null; rows?: null; nameTaken: Uint8Array; refused?: null }|{ kind?: "refused"; pong?: null; wrongTarget?: null; rows?: null; nameTaken?: null; refused: string })
        );
    }

    /**
     * Properties of a Digest.
     * @deprecated Use gossip.Digest.$Properties instead.
     */
    interface IDigest extends gossip.Digest.$Properties {
    }

    /** Represents a Digest. */
    class Digest {

        /**
         * Constructs a new Digest.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Digest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Digest buckets. */
        buckets: Uint8Array;

        /** Digest settled. */
        settled: Uint8Array;

        /**
         * Encodes the specified Digest message. Does not implicitly {@link gossip.Digest.verify|verify} messages.
         * @param message Digest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Digest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Digest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Digest & gossip.Digest.$Shape} Digest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Digest & gossip.Digest.$Shape;
    }

    namespace Digest {

        /** Properties of a Digest. */
        interface $Properties {

            /** Digest buckets */
            buckets?: (Uint8Array|null);

            /** Digest settled */
            settled?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Digest. */
        type $Shape = gossip.Digest.$Properties;
    }

    /**
     * Properties of a Rows.
     * @deprecated Use gossip.Rows.$Properties instead.
     */
    interface IRows extends gossip.Rows.$Properties {
    }

    /** Represents a Rows. */
    class Rows {

        /**
         * Constructs a new Rows.
         * @param [properties] Properties to set
         */
        constructor(properties?: gossip.Rows.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Rows updates. */
        updates: gossip.Update.$Properties[];

        /** Rows wanted. */
        wanted: Uint8Array;

        /**
         * Encodes the specified Rows message. Does not implicitly {@link gossip.Rows.verify|verify} messages.
         * @param message Rows message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: gossip.Rows.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Rows message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {gossip.Rows & gossip.Rows.$Shape} Rows
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gossip.Rows & gossip.Rows.$Shape;
    }

    namespace Rows {

        /** Properties of a Rows. */
        interface $Properties {

            /** Rows updates */
            updates?: (gossip.Update.$Properties[]|null);

            /** Rows wanted */
            wanted?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Rows. */
        type $Shape = {
          updates?: gossip.Update.$Shape[]|null;
          wanted?: Uint8Array|null;
          $unknowns?: Uint8Array[];
        };
    }
}
