import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace calls. */
export namespace calls {

    /**
     * Properties of a Renewal.
     * @deprecated Use calls.Renewal.$Properties instead.
     */
    interface IRenewal extends calls.Renewal.$Properties {
    }

    /** Represents a Renewal. */
    class Renewal {

        /**
         * Constructs a new Renewal.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Renewal.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Renewal host. */
        host: Uint8Array;

        /** Renewal boot. */
        boot?: (number|null);

        /** Renewal attempt. */
        attempt?: (number|null);

        /**
         * Encodes the specified Renewal message. Does not implicitly {@link calls.Renewal.verify|verify} messages.
         * @param message Renewal message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Renewal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Renewal message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Renewal & calls.Renewal.$Shape} Renewal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Renewal & calls.Renewal.$Shape;
    }

    namespace Renewal {

        /** Properties of a Renewal. */
        interface $Properties {

            /** Renewal host */
            host?: (Uint8Array|null);

            /** Renewal boot */
            boot?: (number|null);

            /** Renewal attempt */
            attempt?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Renewal. */
        type $Shape = calls.Renewal.$Properties;
    }

    /**
     * Properties of a RenewalOutcome.
     * @deprecated Use calls.RenewalOutcome.$Properties instead.
     */
    interface IRenewalOutcome extends calls.RenewalOutcome.$Properties {
    }

    /** Represents a RenewalOutcome. */
    class RenewalOutcome {

        /**
         * Constructs a new RenewalOutcome.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.RenewalOutcome.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RenewalOutcome host. */
        host: Uint8Array;

        /** RenewalOutcome attempt. */
        attempt?: (number|null);

        /** RenewalOutcome isCurrent. */
        isCurrent: boolean;

        /** RenewalOutcome rev. */
        rev?: (number|null);

        /** RenewalOutcome timeMs. */
        timeMs?: (number|null);

        /**
         * Encodes the specified RenewalOutcome message. Does not implicitly {@link calls.RenewalOutcome.verify|verify} messages.
         * @param message RenewalOutcome message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.RenewalOutcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RenewalOutcome message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.RenewalOutcome & calls.RenewalOutcome.$Shape} RenewalOutcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.RenewalOutcome & calls.RenewalOutcome.$Shape;
    }

    namespace RenewalOutcome {

        /** Properties of a RenewalOutcome. */
        interface $Properties {

            /** RenewalOutcome host */
            host?: (Uint8Array|null);

            /** RenewalOutcome attempt */
            attempt?: (number|null);

            /** RenewalOutcome isCurrent */
            isCurrent?: (boolean|null);

            /** RenewalOutcome rev */
            rev?: (number|null);

            /** RenewalOutcome timeMs */
            timeMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RenewalOutcome. */
        type $Shape = calls.RenewalOutcome.$Properties;
    }

    /**
     * Properties of a ReadIndex.
     * @deprecated Use calls.ReadIndex.$Properties instead.
     */
    interface IReadIndex extends calls.ReadIndex.$Properties {
    }

    /** Represents a ReadIndex. */
    class ReadIndex {

        /**
         * Constructs a new ReadIndex.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.ReadIndex.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReadIndex index. */
        index?: (number|null);

        /**
         * Encodes the specified ReadIndex message. Does not implicitly {@link calls.ReadIndex.verify|verify} messages.
         * @param message ReadIndex message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.ReadIndex.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReadIndex message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.ReadIndex & calls.ReadIndex.$Shape} ReadIndex
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.ReadIndex & calls.ReadIndex.$Shape;
    }

    namespace ReadIndex {

        /** Properties of a ReadIndex. */
        interface $Properties {

            /** ReadIndex index */
            index?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReadIndex. */
        type $Shape = calls.ReadIndex.$Properties;
    }

    /**
     * Properties of an Overloaded.
     * @deprecated Use calls.Overloaded.$Properties instead.
     */
    interface IOverloaded extends calls.Overloaded.$Properties {
    }

    /** Represents an Overloaded. */
    class Overloaded {

        /**
         * Constructs a new Overloaded.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Overloaded.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Overloaded limit. */
        limit: string;

        /**
         * Encodes the specified Overloaded message. Does not implicitly {@link calls.Overloaded.verify|verify} messages.
         * @param message Overloaded message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Overloaded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Overloaded message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Overloaded & calls.Overloaded.$Shape} Overloaded
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Overloaded & calls.Overloaded.$Shape;
    }

    namespace Overloaded {

        /** Properties of an Overloaded. */
        interface $Properties {

            /** Overloaded limit */
            limit?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Overloaded. */
        type $Shape = calls.Overloaded.$Properties;
    }

    /**
     * Properties of an Applied.
     * @deprecated Use calls.Applied.$Properties instead.
     */
    interface IApplied extends calls.Applied.$Properties {
    }

    /** Represents an Applied. */
    class Applied {

        /**
         * Constructs a new Applied.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Applied.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Applied rev. */
        rev?: (number|null);

        /** Applied isRepeat. */
        isRepeat: boolean;

        /** Applied resultRev. */
        resultRev?: (number|null);

        /** Applied ended. */
        ended?: (calls.Ended.$Properties|null);

        /** Applied written. */
        written?: (calls.Nothing.$Properties|null);

        /** Applied refused. */
        refused?: (calls.Refusal.$Properties|null);

        /** Applied done. */
        done?: (calls.Nothing.$Properties|null);

        /** Applied renewed. */
        renewed?: (calls.Renewed.$Properties|null);

        /** Applied attached. */
        attached?: (calls.Attached.$Properties|null);

        /** Applied queued. */
        queued?: (calls.Queued.$Properties|null);

        /** Applied granted. */
        granted?: (calls.Granted.$Properties|null);

        /** Applied revoked. */
        revoked?: (calls.Revoked.$Properties|null);

        /** Applied removed. */
        removed?: (calls.Removed.$Properties|null);

        /** Applied opened. */
        opened?: (calls.Opened.$Properties|null);

        /** Applied result. */
        result?: ("ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"|"removed"|"opened");

        /**
         * Encodes the specified Applied message. Does not implicitly {@link calls.Applied.verify|verify} messages.
         * @param message Applied message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Applied.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Applied message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Applied & calls.Applied.$Shape} Applied
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Applied & calls.Applied.$Shape;
    }

    namespace Applied {

        /** Properties of an Applied. */
        interface $Properties {

            /** Applied rev */
            rev?: (number|null);

            /** Applied isRepeat */
            isRepeat?: (boolean|null);

            /** Applied resultRev */
            resultRev?: (number|null);

            /** Applied ended */
            ended?: (calls.Ended.$Properties|null);

            /** Applied written */
            written?: (calls.Nothing.$Properties|null);

            /** Applied refused */
            refused?: (calls.Refusal.$Properties|null);

            /** Applied done */
            done?: (calls.Nothing.$Properties|null);

            /** Applied renewed */
            renewed?: (calls.Renewed.$Properties|null);

            /** Applied attached */
            attached?: (calls.Attached.$Properties|null);

            /** Applied queued */
            queued?: (calls.Queued.$Properties|null);

            /** Applied granted */
            granted?: (calls.Granted.$Properties|null);

            /** Applied revoked */
            revoked?: (calls.Revoked.$Properties|null);

            /** Applied removed */
            removed?: (calls.Removed.$Properties|null);

            /** Applied opened */
            opened?: (calls.Opened.$Properties|null);

            /** Applied result */
            result?: ("ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"|"removed"|"opened");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Applied. */
        type $Shape = {
          rev?: number|null;
          isRepeat?: boolean|null;
          resultRev?: number|null;
          ended?: calls.Ended.$Shape|null;
          written?: calls.Nothing.$Shape|null;
          refused?: calls.Refusal.$Shape|null;
          done?: calls.Nothing.$Shape|null;
          renewed?: calls.Renewed.$Shape|null;
          attached?: calls.Attached.$Shape|null;
          queued?: calls.Queued.$Shape|null;
          granted?: calls.Granted.$Shape|null;
          revoked?: calls.Revoked.$Shape|null;
          removed?: calls.Removed.$Shape|null;
          opened?: calls.Opened.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ result?: undefined; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "ended"; ended: calls.Ended.$Shape; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "written"; ended?: null; written: calls.Nothing.$Shape; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "refused"; ended?: null; written?: null; refused: calls.Refusal.$Shape; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "done"; ended?: null; written?: null; refused?: null; done: calls.Nothing.$Shape; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "renewed"; ended?: null; written?: null; refused?: null; done?: null; renewed: calls.Renewed.$Shape; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "attached"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached: calls.Attached.$Shape; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "queued"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued: calls.Queued.$Shape; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "granted"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted: calls.Granted.$Shape; revoked?: null; removed?: null; opened?: null }|{ result?: "revoked"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked: calls.Revoked.$Shape; removed?: null; opened?: null }|{ result?: "removed"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed: calls.Removed.$Shape; opened?: null }|{ result?: "opened"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened: calls.Opened.$Shape })
        );
    }

    /**
     * Properties of an Opened.
     * @deprecated Use calls.Opened.$Properties instead.
     */
    interface IOpened extends calls.Opened.$Properties {
    }

    /** Represents an Opened. */
    class Opened {

        /**
         * Constructs a new Opened.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Opened.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Opened generation. */
        generation?: (number|null);

        /** Opened index. */
        index: number;

        /**
         * Encodes the specified Opened message. Does not implicitly {@link calls.Opened.verify|verify} messages.
         * @param message Opened message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Opened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Opened message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Opened & calls.Opened.$Shape} Opened
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Opened & calls.Opened.$Shape;
    }

    namespace Opened {

        /** Properties of an Opened. */
        interface $Properties {

            /** Opened generation */
            generation?: (number|null);

            /** Opened index */
            index?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Opened. */
        type $Shape = calls.Opened.$Properties;
    }

    /**
     * Properties of a Nothing.
     * @deprecated Use calls.Nothing.$Properties instead.
     */
    interface INothing extends calls.Nothing.$Properties {
    }

    /** Represents a Nothing. */
    class Nothing {

        /**
         * Constructs a new Nothing.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Nothing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link calls.Nothing.verify|verify} messages.
         * @param message Nothing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Nothing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Nothing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Nothing & calls.Nothing.$Shape} Nothing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Nothing & calls.Nothing.$Shape;
    }

    namespace Nothing {

        /** Properties of a Nothing. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Nothing. */
        type $Shape = calls.Nothing.$Properties;
    }

    /**
     * Properties of a Removed.
     * @deprecated Use calls.Removed.$Properties instead.
     */
    interface IRemoved extends calls.Removed.$Properties {
    }

    /** Represents a Removed. */
    class Removed {

        /**
         * Constructs a new Removed.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Removed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Removed isRemoved. */
        isRemoved: boolean;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link calls.Removed.verify|verify} messages.
         * @param message Removed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Removed & calls.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Removed & calls.Removed.$Shape;
    }

    namespace Removed {

        /** Properties of a Removed. */
        interface $Properties {

            /** Removed isRemoved */
            isRemoved?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Removed. */
        type $Shape = calls.Removed.$Properties;
    }

    /**
     * Properties of an Ended.
     * @deprecated Use calls.Ended.$Properties instead.
     */
    interface IEnded extends calls.Ended.$Properties {
    }

    /** Represents an Ended. */
    class Ended {

        /**
         * Constructs a new Ended.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Ended.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ended how. */
        how: number;

        /** Ended token. */
        token?: (number|null);

        /**
         * Encodes the specified Ended message. Does not implicitly {@link calls.Ended.verify|verify} messages.
         * @param message Ended message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Ended.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Ended message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Ended & calls.Ended.$Shape} Ended
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Ended & calls.Ended.$Shape;
    }

    namespace Ended {

        /** Properties of an Ended. */
        interface $Properties {

            /** Ended how */
            how?: (number|null);

            /** Ended token */
            token?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Ended. */
        type $Shape = calls.Ended.$Properties;
    }

    /**
     * Properties of a Refusal.
     * @deprecated Use calls.Refusal.$Properties instead.
     */
    interface IRefusal extends calls.Refusal.$Properties {
    }

    /** Represents a Refusal. */
    class Refusal {

        /**
         * Constructs a new Refusal.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Refusal.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Refusal kind. */
        kind: number;

        /** Refusal cause. */
        cause: number;

        /** Refusal word. */
        word: string;

        /** Refusal current. */
        current?: (number|null);

        /**
         * Encodes the specified Refusal message. Does not implicitly {@link calls.Refusal.verify|verify} messages.
         * @param message Refusal message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Refusal message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Refusal & calls.Refusal.$Shape} Refusal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Refusal & calls.Refusal.$Shape;
    }

    namespace Refusal {

        /** Properties of a Refusal. */
        interface $Properties {

            /** Refusal kind */
            kind?: (number|null);

            /** Refusal cause */
            cause?: (number|null);

            /** Refusal word */
            word?: (string|null);

            /** Refusal current */
            current?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Refusal. */
        type $Shape = calls.Refusal.$Properties;
    }

    /**
     * Properties of a Renewed.
     * @deprecated Use calls.Renewed.$Properties instead.
     */
    interface IRenewed extends calls.Renewed.$Properties {
    }

    /** Represents a Renewed. */
    class Renewed {

        /**
         * Constructs a new Renewed.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Renewed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Renewed items. */
        items: calls.RenewalOutcome.$Properties[];

        /**
         * Encodes the specified Renewed message. Does not implicitly {@link calls.Renewed.verify|verify} messages.
         * @param message Renewed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Renewed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Renewed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Renewed & calls.Renewed.$Shape} Renewed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Renewed & calls.Renewed.$Shape;
    }

    namespace Renewed {

        /** Properties of a Renewed. */
        interface $Properties {

            /** Renewed items */
            items?: (calls.RenewalOutcome.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Renewed. */
        type $Shape = calls.Renewed.$Properties;
    }

    /**
     * Properties of an Attached.
     * @deprecated Use calls.Attached.$Properties instead.
     */
    interface IAttached extends calls.Attached.$Properties {
    }

    /** Represents an Attached. */
    class Attached {

        /**
         * Constructs a new Attached.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Attached.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Attached ttlMs. */
        ttlMs: number;

        /** Attached timeMs. */
        timeMs?: (number|null);

        /**
         * Encodes the specified Attached message. Does not implicitly {@link calls.Attached.verify|verify} messages.
         * @param message Attached message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Attached.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Attached message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Attached & calls.Attached.$Shape} Attached
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Attached & calls.Attached.$Shape;
    }

    namespace Attached {

        /** Properties of an Attached. */
        interface $Properties {

            /** Attached ttlMs */
            ttlMs?: (number|null);

            /** Attached timeMs */
            timeMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Attached. */
        type $Shape = calls.Attached.$Properties;
    }

    /**
     * Properties of a Queued.
     * @deprecated Use calls.Queued.$Properties instead.
     */
    interface IQueued extends calls.Queued.$Properties {
    }

    /** Represents a Queued. */
    class Queued {

        /**
         * Constructs a new Queued.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Queued.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Queued position. */
        position?: (number|null);

        /**
         * Encodes the specified Queued message. Does not implicitly {@link calls.Queued.verify|verify} messages.
         * @param message Queued message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Queued.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Queued message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Queued & calls.Queued.$Shape} Queued
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Queued & calls.Queued.$Shape;
    }

    namespace Queued {

        /** Properties of a Queued. */
        interface $Properties {

            /** Queued position */
            position?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Queued. */
        type $Shape = calls.Queued.$Properties;
    }

    /**
     * Properties of a Granted.
     * @deprecated Use calls.Granted.$Properties instead.
     */
    interface IGranted extends calls.Granted.$Properties {
    }

    /** Represents a Granted. */
    class Granted {

        /**
         * Constructs a new Granted.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Granted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Granted token. */
        token?: (number|null);

        /**
         * Encodes the specified Granted message. Does not implicitly {@link calls.Granted.verify|verify} messages.
         * @param message Granted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Granted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Granted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Granted & calls.Granted.$Shape} Granted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Granted & calls.Granted.$Shape;
    }

    namespace Granted {

        /** Properties of a Granted. */
        interface $Properties {

            /** Granted token */
            token?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Granted. */
        type $Shape = calls.Granted.$Properties;
    }

    /**
     * Properties of a Revoked.
     * @deprecated Use calls.Revoked.$Properties instead.
     */
    interface IRevoked extends calls.Revoked.$Properties {
    }

    /** Represents a Revoked. */
    class Revoked {

        /**
         * Constructs a new Revoked.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Revoked.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Revoked tokens. */
        tokens: number[];

        /**
         * Encodes the specified Revoked message. Does not implicitly {@link calls.Revoked.verify|verify} messages.
         * @param message Revoked message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Revoked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Revoked message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Revoked & calls.Revoked.$Shape} Revoked
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Revoked & calls.Revoked.$Shape;
    }

    namespace Revoked {

        /** Properties of a Revoked. */
        interface $Properties {

            /** Revoked tokens */
            tokens?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Revoked. */
        type $Shape = calls.Revoked.$Properties;
    }

    /**
     * Properties of a GroupWish.
     * @deprecated Use calls.GroupWish.$Properties instead.
     */
    interface IGroupWish extends calls.GroupWish.$Properties {
    }

    /** Represents a GroupWish. */
    class GroupWish {

        /**
         * Constructs a new GroupWish.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.GroupWish.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GroupWish what. */
        what: number;

        /** GroupWish name. */
        name: string;

        /** GroupWish force. */
        force: boolean;

        /**
         * Encodes the specified GroupWish message. Does not implicitly {@link calls.GroupWish.verify|verify} messages.
         * @param message GroupWish message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.GroupWish.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GroupWish message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.GroupWish & calls.GroupWish.$Shape} GroupWish
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.GroupWish & calls.GroupWish.$Shape;
    }

    namespace GroupWish {

        /** Properties of a GroupWish. */
        interface $Properties {

            /** GroupWish what */
            what?: (number|null);

            /** GroupWish name */
            name?: (string|null);

            /** GroupWish force */
            force?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GroupWish. */
        type $Shape = calls.GroupWish.$Properties;
    }

    /**
     * Properties of a GroupTold.
     * @deprecated Use calls.GroupTold.$Properties instead.
     */
    interface IGroupTold extends calls.GroupTold.$Properties {
    }

    /** Represents a GroupTold. */
    class GroupTold {

        /**
         * Constructs a new GroupTold.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.GroupTold.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GroupTold status. */
        status?: (calls.GroupStatus.$Properties|null);

        /** GroupTold refusal. */
        refusal?: (calls.GroupRefusal.$Properties|null);

        /**
         * Encodes the specified GroupTold message. Does not implicitly {@link calls.GroupTold.verify|verify} messages.
         * @param message GroupTold message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.GroupTold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GroupTold message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.GroupTold & calls.GroupTold.$Shape} GroupTold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.GroupTold & calls.GroupTold.$Shape;
    }

    namespace GroupTold {

        /** Properties of a GroupTold. */
        interface $Properties {

            /** GroupTold status */
            status?: (calls.GroupStatus.$Properties|null);

            /** GroupTold refusal */
            refusal?: (calls.GroupRefusal.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GroupTold. */
        type $Shape = calls.GroupTold.$Properties;
    }

    /**
     * Properties of a GroupStatus.
     * @deprecated Use calls.GroupStatus.$Properties instead.
     */
    interface IGroupStatus extends calls.GroupStatus.$Properties {
    }

    /** Represents a GroupStatus. */
    class GroupStatus {

        /**
         * Constructs a new GroupStatus.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.GroupStatus.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GroupStatus term. */
        term?: (number|null);

        /** GroupStatus leader. */
        leader: string;

        /** GroupStatus commit. */
        commit?: (number|null);

        /** GroupStatus applied. */
        applied?: (number|null);

        /** GroupStatus quorum. */
        quorum: number;

        /** GroupStatus canLose. */
        canLose: number;

        /** GroupStatus seats. */
        seats: calls.GroupSeat.$Properties[];

        /**
         * Encodes the specified GroupStatus message. Does not implicitly {@link calls.GroupStatus.verify|verify} messages.
         * @param message GroupStatus message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.GroupStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GroupStatus message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.GroupStatus & calls.GroupStatus.$Shape} GroupStatus
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.GroupStatus & calls.GroupStatus.$Shape;
    }

    namespace GroupStatus {

        /** Properties of a GroupStatus. */
        interface $Properties {

            /** GroupStatus term */
            term?: (number|null);

            /** GroupStatus leader */
            leader?: (string|null);

            /** GroupStatus commit */
            commit?: (number|null);

            /** GroupStatus applied */
            applied?: (number|null);

            /** GroupStatus quorum */
            quorum?: (number|null);

            /** GroupStatus canLose */
            canLose?: (number|null);

            /** GroupStatus seats */
            seats?: (calls.GroupSeat.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GroupStatus. */
        type $Shape = calls.GroupStatus.$Properties;
    }

    /**
     * Properties of a GroupSeat.
     * @deprecated Use calls.GroupSeat.$Properties instead.
     */
    interface IGroupSeat extends calls.GroupSeat.$Properties {
    }

    /** Represents a GroupSeat. */
    class GroupSeat {

        /**
         * Constructs a new GroupSeat.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.GroupSeat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GroupSeat name. */
        name: string;

        /** GroupSeat id. */
        id: string;

        /** GroupSeat addr. */
        addr: string;

        /** GroupSeat role. */
        role: number;

        /** GroupSeat up. */
        up: boolean;

        /** GroupSeat match. */
        match?: (number|null);

        /** GroupSeat lag. */
        lag?: (number|null);

        /** GroupSeat lastContactMs. */
        lastContactMs?: (number|null);

        /**
         * Encodes the specified GroupSeat message. Does not implicitly {@link calls.GroupSeat.verify|verify} messages.
         * @param message GroupSeat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.GroupSeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GroupSeat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.GroupSeat & calls.GroupSeat.$Shape} GroupSeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.GroupSeat & calls.GroupSeat.$Shape;
    }

    namespace GroupSeat {

        /** Properties of a GroupSeat. */
        interface $Properties {

            /** GroupSeat name */
            name?: (string|null);

            /** GroupSeat id */
            id?: (string|null);

            /** GroupSeat addr */
            addr?: (string|null);

            /** GroupSeat role */
            role?: (number|null);

            /** GroupSeat up */
            up?: (boolean|null);

            /** GroupSeat match */
            match?: (number|null);

            /** GroupSeat lag */
            lag?: (number|null);

            /** GroupSeat lastContactMs */
            lastContactMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GroupSeat. */
        type $Shape = calls.GroupSeat.$Properties;
    }

    /**
     * Properties of a GroupRefusal.
     * @deprecated Use calls.GroupRefusal.$Properties instead.
     */
    interface IGroupRefusal extends calls.GroupRefusal.$Properties {
    }

    /** Represents a GroupRefusal. */
    class GroupRefusal {

        /**
         * Constructs a new GroupRefusal.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.GroupRefusal.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GroupRefusal code. */
        code: number;

        /** GroupRefusal message. */
        message: string;

        /** GroupRefusal hint. */
        hint: string;

        /** GroupRefusal details. */
        details: calls.Detail.$Properties[];

        /**
         * Encodes the specified GroupRefusal message. Does not implicitly {@link calls.GroupRefusal.verify|verify} messages.
         * @param message GroupRefusal message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.GroupRefusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GroupRefusal message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.GroupRefusal & calls.GroupRefusal.$Shape} GroupRefusal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.GroupRefusal & calls.GroupRefusal.$Shape;
    }

    namespace GroupRefusal {

        /** Properties of a GroupRefusal. */
        interface $Properties {

            /** GroupRefusal code */
            code?: (number|null);

            /** GroupRefusal message */
            message?: (string|null);

            /** GroupRefusal hint */
            hint?: (string|null);

            /** GroupRefusal details */
            details?: (calls.Detail.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GroupRefusal. */
        type $Shape = calls.GroupRefusal.$Properties;
    }

    /**
     * Properties of a Detail.
     * @deprecated Use calls.Detail.$Properties instead.
     */
    interface IDetail extends calls.Detail.$Properties {
    }

    /** Represents a Detail. */
    class Detail {

        /**
         * Constructs a new Detail.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Detail.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Detail key. */
        key: string;

        /** Detail text. */
        text?: (string|null);

        /** Detail number. */
        number?: (number|null);

        /**
         * Encodes the specified Detail message. Does not implicitly {@link calls.Detail.verify|verify} messages.
         * @param message Detail message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Detail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Detail message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Detail & calls.Detail.$Shape} Detail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Detail & calls.Detail.$Shape;
    }

    namespace Detail {

        /** Properties of a Detail. */
        interface $Properties {

            /** Detail key */
            key?: (string|null);

            /** Detail text */
            text?: (string|null);

            /** Detail number */
            number?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Detail. */
        type $Shape = calls.Detail.$Properties;
    }

    /**
     * Properties of a FoundingAsk.
     * @deprecated Use calls.FoundingAsk.$Properties instead.
     */
    interface IFoundingAsk extends calls.FoundingAsk.$Properties {
    }

    /** Represents a FoundingAsk. */
    class FoundingAsk {

        /**
         * Constructs a new FoundingAsk.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.FoundingAsk.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FoundingAsk what. */
        what: number;

        /** FoundingAsk to. */
        to: string;

        /** FoundingAsk line. */
        line: string;

        /** FoundingAsk number. */
        number?: (number|null);

        /** FoundingAsk expects. */
        expects: number;

        /**
         * Encodes the specified FoundingAsk message. Does not implicitly {@link calls.FoundingAsk.verify|verify} messages.
         * @param message FoundingAsk message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.FoundingAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FoundingAsk message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.FoundingAsk & calls.FoundingAsk.$Shape} FoundingAsk
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.FoundingAsk & calls.FoundingAsk.$Shape;
    }

    namespace FoundingAsk {

        /** Properties of a FoundingAsk. */
        interface $Properties {

            /** FoundingAsk what */
            what?: (number|null);

            /** FoundingAsk to */
            to?: (string|null);

            /** FoundingAsk line */
            line?: (string|null);

            /** FoundingAsk number */
            number?: (number|null);

            /** FoundingAsk expects */
            expects?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FoundingAsk. */
        type $Shape = calls.FoundingAsk.$Properties;
    }

    /**
     * Properties of a FoundingAnswer.
     * @deprecated Use calls.FoundingAnswer.$Properties instead.
     */
    interface IFoundingAnswer extends calls.FoundingAnswer.$Properties {
    }

    /** Represents a FoundingAnswer. */
    class FoundingAnswer {

        /**
         * Constructs a new FoundingAnswer.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.FoundingAnswer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FoundingAnswer what. */
        what: number;

        /** FoundingAnswer by. */
        by: string;

        /** FoundingAnswer expects. */
        expects: number;

        /** FoundingAnswer cluster. */
        cluster: string;

        /**
         * Encodes the specified FoundingAnswer message. Does not implicitly {@link calls.FoundingAnswer.verify|verify} messages.
         * @param message FoundingAnswer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.FoundingAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FoundingAnswer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.FoundingAnswer & calls.FoundingAnswer.$Shape} FoundingAnswer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.FoundingAnswer & calls.FoundingAnswer.$Shape;
    }

    namespace FoundingAnswer {

        /** Properties of a FoundingAnswer. */
        interface $Properties {

            /** FoundingAnswer what */
            what?: (number|null);

            /** FoundingAnswer by */
            by?: (string|null);

            /** FoundingAnswer expects */
            expects?: (number|null);

            /** FoundingAnswer cluster */
            cluster?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FoundingAnswer. */
        type $Shape = calls.FoundingAnswer.$Properties;
    }

    /**
     * Properties of a Reign.
     * @deprecated Use calls.Reign.$Properties instead.
     */
    interface IReign extends calls.Reign.$Properties {
    }

    /** Represents a Reign. */
    class Reign {

        /**
         * Constructs a new Reign.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.Reign.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Reign term. */
        term?: (number|null);

        /** Reign leader. */
        leader: string;

        /** Reign voters. */
        voters: string[];

        /** Reign learners. */
        learners: string[];

        /** Reign isJoint. */
        isJoint: boolean;

        /** Reign removed. */
        removed: string[];

        /**
         * Encodes the specified Reign message. Does not implicitly {@link calls.Reign.verify|verify} messages.
         * @param message Reign message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.Reign.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Reign message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.Reign & calls.Reign.$Shape} Reign
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.Reign & calls.Reign.$Shape;
    }

    namespace Reign {

        /** Properties of a Reign. */
        interface $Properties {

            /** Reign term */
            term?: (number|null);

            /** Reign leader */
            leader?: (string|null);

            /** Reign voters */
            voters?: (string[]|null);

            /** Reign learners */
            learners?: (string[]|null);

            /** Reign isJoint */
            isJoint?: (boolean|null);

            /** Reign removed */
            removed?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Reign. */
        type $Shape = calls.Reign.$Properties;
    }

    /**
     * Properties of a KeyOrder.
     * @deprecated Use calls.KeyOrder.$Properties instead.
     */
    interface IKeyOrder extends calls.KeyOrder.$Properties {
    }

    /** Represents a KeyOrder. */
    class KeyOrder {

        /**
         * Constructs a new KeyOrder.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.KeyOrder.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** KeyOrder what. */
        what: number;

        /** KeyOrder fingerprint. */
        fingerprint: string;

        /** KeyOrder serial. */
        serial: number;

        /** KeyOrder key. */
        key: Uint8Array;

        /**
         * Encodes the specified KeyOrder message. Does not implicitly {@link calls.KeyOrder.verify|verify} messages.
         * @param message KeyOrder message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.KeyOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a KeyOrder message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.KeyOrder & calls.KeyOrder.$Shape} KeyOrder
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.KeyOrder & calls.KeyOrder.$Shape;
    }

    namespace KeyOrder {

        /** Properties of a KeyOrder. */
        interface $Properties {

            /** KeyOrder what */
            what?: (number|null);

            /** KeyOrder fingerprint */
            fingerprint?: (string|null);

            /** KeyOrder serial */
            serial?: (number|null);

            /** KeyOrder key */
            key?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a KeyOrder. */
        type $Shape = calls.KeyOrder.$Properties;
    }

    /**
     * Properties of a KeysTold.
     * @deprecated Use calls.KeysTold.$Properties instead.
     */
    interface IKeysTold extends calls.KeysTold.$Properties {
    }

    /** Represents a KeysTold. */
    class KeysTold {

        /**
         * Constructs a new KeysTold.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.KeysTold.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** KeysTold keys. */
        keys: calls.RingKey.$Properties[];

        /** KeysTold refusal. */
        refusal: string;

        /** KeysTold key. */
        key: Uint8Array;

        /**
         * Encodes the specified KeysTold message. Does not implicitly {@link calls.KeysTold.verify|verify} messages.
         * @param message KeysTold message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.KeysTold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a KeysTold message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.KeysTold & calls.KeysTold.$Shape} KeysTold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.KeysTold & calls.KeysTold.$Shape;
    }

    namespace KeysTold {

        /** Properties of a KeysTold. */
        interface $Properties {

            /** KeysTold keys */
            keys?: (calls.RingKey.$Properties[]|null);

            /** KeysTold refusal */
            refusal?: (string|null);

            /** KeysTold key */
            key?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a KeysTold. */
        type $Shape = calls.KeysTold.$Properties;
    }

    /**
     * Properties of a RingKey.
     * @deprecated Use calls.RingKey.$Properties instead.
     */
    interface IRingKey extends calls.RingKey.$Properties {
    }

    /** Represents a RingKey. */
    class RingKey {

        /**
         * Constructs a new RingKey.
         * @param [properties] Properties to set
         */
        constructor(properties?: calls.RingKey.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RingKey fingerprint. */
        fingerprint: string;

        /** RingKey serial. */
        serial: number;

        /**
         * Encodes the specified RingKey message. Does not implicitly {@link calls.RingKey.verify|verify} messages.
         * @param message RingKey message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: calls.RingKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RingKey message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {calls.RingKey & calls.RingKey.$Shape} RingKey
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): calls.RingKey & calls.RingKey.$Shape;
    }

    namespace RingKey {

        /** Properties of a RingKey. */
        interface $Properties {

            /** RingKey fingerprint */
            fingerprint?: (string|null);

            /** RingKey serial */
            serial?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RingKey. */
        type $Shape = calls.RingKey.$Properties;
    }
}
