/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["agent"] || ($protobuf.roots["agent"] = {});

export const calls = $root.calls = (() => {

    /**
     * Namespace calls.
     * @exports calls
     * @namespace
     */
    const calls = {};

    calls.Renewal = (function() {

        /**
         * Properties of a Renewal.
         * @typedef {Object} calls.Renewal.$Properties
         * @property {Uint8Array|null} [host] Renewal host
         * @property {number|null} [boot] Renewal boot
         * @property {number|null} [attempt] Renewal attempt
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Renewal.
         * @memberof calls
         * @interface IRenewal
         * @augments calls.Renewal.$Properties
         * @deprecated Use calls.Renewal.$Properties instead.
         */

        /**
         * Shape of a Renewal.
         * @typedef {calls.Renewal.$Properties} calls.Renewal.$Shape
         */

        /**
         * Constructs a new Renewal.
         * @memberof calls
         * @classdesc Represents a Renewal.
         * @constructor
         * @param {calls.Renewal.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Renewal = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Renewal host.
         * @member {Uint8Array} host
         * @memberof calls.Renewal
         * @instance
         */
        Renewal.prototype.host = $util.newBuffer([]);

        /**
         * Renewal boot.
         * @member {number|null|undefined} boot
         * @memberof calls.Renewal
         * @instance
         */
        Renewal.prototype.boot = null;

        /**
         * Renewal attempt.
         * @member {number|null|undefined} attempt
         * @memberof calls.Renewal
         * @instance
         */
        Renewal.prototype.attempt = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Renewal.prototype, "_boot", {
            get: $util.oneOfGetter($oneOfFields = ["boot"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Renewal.prototype, "_attempt", {
            get: $util.oneOfGetter($oneOfFields = ["attempt"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Renewal message. Does not implicitly {@link calls.Renewal.verify|verify} messages.
         * @function encode
         * @memberof calls.Renewal
         * @static
         * @param {calls.Renewal.$Properties} message Renewal message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Renewal.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.host);
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.boot);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.attempt);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Renewal message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Renewal
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Renewal & calls.Renewal.$Shape} Renewal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Renewal.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Renewal();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.boot = reader.uint64();
                        message._boot = "boot";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.attempt = reader.uint64();
                        message._attempt = "attempt";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Renewal;
    })();

    calls.RenewalOutcome = (function() {

        /**
         * Properties of a RenewalOutcome.
         * @typedef {Object} calls.RenewalOutcome.$Properties
         * @property {Uint8Array|null} [host] RenewalOutcome host
         * @property {number|null} [attempt] RenewalOutcome attempt
         * @property {boolean|null} [isCurrent] RenewalOutcome isCurrent
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RenewalOutcome.
         * @memberof calls
         * @interface IRenewalOutcome
         * @augments calls.RenewalOutcome.$Properties
         * @deprecated Use calls.RenewalOutcome.$Properties instead.
         */

        /**
         * Shape of a RenewalOutcome.
         * @typedef {calls.RenewalOutcome.$Properties} calls.RenewalOutcome.$Shape
         */

        /**
         * Constructs a new RenewalOutcome.
         * @memberof calls
         * @classdesc Represents a RenewalOutcome.
         * @constructor
         * @param {calls.RenewalOutcome.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RenewalOutcome = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RenewalOutcome host.
         * @member {Uint8Array} host
         * @memberof calls.RenewalOutcome
         * @instance
         */
        RenewalOutcome.prototype.host = $util.newBuffer([]);

        /**
         * RenewalOutcome attempt.
         * @member {number|null|undefined} attempt
         * @memberof calls.RenewalOutcome
         * @instance
         */
        RenewalOutcome.prototype.attempt = null;

        /**
         * RenewalOutcome isCurrent.
         * @member {boolean} isCurrent
         * @memberof calls.RenewalOutcome
         * @instance
         */
        RenewalOutcome.prototype.isCurrent = false;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(RenewalOutcome.prototype, "_attempt", {
            get: $util.oneOfGetter($oneOfFields = ["attempt"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified RenewalOutcome message. Does not implicitly {@link calls.RenewalOutcome.verify|verify} messages.
         * @function encode
         * @memberof calls.RenewalOutcome
         * @static
         * @param {calls.RenewalOutcome.$Properties} message RenewalOutcome message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RenewalOutcome.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.host);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.attempt);
            if (message.isCurrent != null && $Object.hasOwnProperty.call(message, "isCurrent") && message.isCurrent !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isCurrent);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RenewalOutcome message from the specified reader or buffer.
         * @function decode
         * @memberof calls.RenewalOutcome
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.RenewalOutcome & calls.RenewalOutcome.$Shape} RenewalOutcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RenewalOutcome.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.RenewalOutcome();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.attempt = reader.uint64();
                        message._attempt = "attempt";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isCurrent = value;
                        else
                            delete message.isCurrent;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RenewalOutcome;
    })();

    calls.ReadIndex = (function() {

        /**
         * Properties of a ReadIndex.
         * @typedef {Object} calls.ReadIndex.$Properties
         * @property {number|null} [index] ReadIndex index
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ReadIndex.
         * @memberof calls
         * @interface IReadIndex
         * @augments calls.ReadIndex.$Properties
         * @deprecated Use calls.ReadIndex.$Properties instead.
         */

        /**
         * Shape of a ReadIndex.
         * @typedef {calls.ReadIndex.$Properties} calls.ReadIndex.$Shape
         */

        /**
         * Constructs a new ReadIndex.
         * @memberof calls
         * @classdesc Represents a ReadIndex.
         * @constructor
         * @param {calls.ReadIndex.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ReadIndex = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ReadIndex index.
         * @member {number|null|undefined} index
         * @memberof calls.ReadIndex
         * @instance
         */
        ReadIndex.prototype.index = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(ReadIndex.prototype, "_index", {
            get: $util.oneOfGetter($oneOfFields = ["index"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified ReadIndex message. Does not implicitly {@link calls.ReadIndex.verify|verify} messages.
         * @function encode
         * @memberof calls.ReadIndex
         * @static
         * @param {calls.ReadIndex.$Properties} message ReadIndex message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ReadIndex.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.index);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ReadIndex message from the specified reader or buffer.
         * @function decode
         * @memberof calls.ReadIndex
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.ReadIndex & calls.ReadIndex.$Shape} ReadIndex
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ReadIndex.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.ReadIndex();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.index = reader.uint64();
                        message._index = "index";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ReadIndex;
    })();

    calls.Overloaded = (function() {

        /**
         * Properties of an Overloaded.
         * @typedef {Object} calls.Overloaded.$Properties
         * @property {string|null} [limit] Overloaded limit
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Overloaded.
         * @memberof calls
         * @interface IOverloaded
         * @augments calls.Overloaded.$Properties
         * @deprecated Use calls.Overloaded.$Properties instead.
         */

        /**
         * Shape of an Overloaded.
         * @typedef {calls.Overloaded.$Properties} calls.Overloaded.$Shape
         */

        /**
         * Constructs a new Overloaded.
         * @memberof calls
         * @classdesc Represents an Overloaded.
         * @constructor
         * @param {calls.Overloaded.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Overloaded = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Overloaded limit.
         * @member {string} limit
         * @memberof calls.Overloaded
         * @instance
         */
        Overloaded.prototype.limit = "";

        /**
         * Encodes the specified Overloaded message. Does not implicitly {@link calls.Overloaded.verify|verify} messages.
         * @function encode
         * @memberof calls.Overloaded
         * @static
         * @param {calls.Overloaded.$Properties} message Overloaded message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Overloaded.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.limit);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Overloaded message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Overloaded
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Overloaded & calls.Overloaded.$Shape} Overloaded
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Overloaded.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Overloaded();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.limit = value;
                        else
                            delete message.limit;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Overloaded;
    })();

    calls.Applied = (function() {

        /**
         * Properties of an Applied.
         * @typedef {Object} calls.Applied.$Properties
         * @property {number|null} [rev] Applied rev
         * @property {boolean|null} [isRepeat] Applied isRepeat
         * @property {number|null} [resultRev] Applied resultRev
         * @property {calls.Ended.$Properties|null} [ended] Applied ended
         * @property {calls.Nothing.$Properties|null} [written] Applied written
         * @property {calls.Refusal.$Properties|null} [refused] Applied refused
         * @property {calls.Nothing.$Properties|null} [done] Applied done
         * @property {calls.Renewed.$Properties|null} [renewed] Applied renewed
         * @property {calls.Attached.$Properties|null} [attached] Applied attached
         * @property {calls.Queued.$Properties|null} [queued] Applied queued
         * @property {calls.Granted.$Properties|null} [granted] Applied granted
         * @property {calls.Revoked.$Properties|null} [revoked] Applied revoked
         * @property {"ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"} [result] Applied result
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Applied.
         * @memberof calls
         * @interface IApplied
         * @augments calls.Applied.$Properties
         * @deprecated Use calls.Applied.$Properties instead.
         */

        /**
         * Narrowed shape of an Applied.
         * @typedef {{
         *   rev?: number|null;
         *   isRepeat?: boolean|null;
         *   resultRev?: number|null;
         *   ended?: calls.Ended.$Shape|null;
         *   written?: calls.Nothing.$Shape|null;
         *   refused?: calls.Refusal.$Shape|null;
         *   done?: calls.Nothing.$Shape|null;
         *   renewed?: calls.Renewed.$Shape|null;
         *   attached?: calls.Attached.$Shape|null;
         *   queued?: calls.Queued.$Shape|null;
         *   granted?: calls.Granted.$Shape|null;
         *   revoked?: calls.Revoked.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ result?: undefined; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "ended"; ended: calls.Ended.$Shape; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "written"; ended?: null; written: calls.Nothing.$Shape; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "refused"; ended?: null; written?: null; refused: calls.Refusal.$Shape; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "done"; ended?: null; written?: null; refused?: null; done: calls.Nothing.$Shape; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "renewed"; ended?: null; written?: null; refused?: null; done?: null; renewed: calls.Renewed.$Shape; attached?: null; queued?: null; granted?: null; revoked?: null }|{ result?: "attached"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached: calls.Attached.$Shape; queued?: null; granted?: null; revoked?: null }|{ result?: "queued"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued: calls.Queued.$Shape; granted?: null; revoked?: null }|{ result?: "granted"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted: calls.Granted.$Shape; revoked?: null }|{ result?: "revoked"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked: calls.Revoked.$Shape })
         * )} calls.Applied.$Shape
         */

        /**
         * Constructs a new Applied.
         * @memberof calls
         * @classdesc Represents an Applied.
         * @constructor
         * @param {calls.Applied.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Applied = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Applied rev.
         * @member {number|null|undefined} rev
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.rev = null;

        /**
         * Applied isRepeat.
         * @member {boolean} isRepeat
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.isRepeat = false;

        /**
         * Applied resultRev.
         * @member {number|null|undefined} resultRev
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.resultRev = null;

        /**
         * Applied ended.
         * @member {calls.Ended.$Properties|null|undefined} ended
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.ended = null;

        /**
         * Applied written.
         * @member {calls.Nothing.$Properties|null|undefined} written
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.written = null;

        /**
         * Applied refused.
         * @member {calls.Refusal.$Properties|null|undefined} refused
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.refused = null;

        /**
         * Applied done.
         * @member {calls.Nothing.$Properties|null|undefined} done
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.done = null;

        /**
         * Applied renewed.
         * @member {calls.Renewed.$Properties|null|undefined} renewed
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.renewed = null;

        /**
         * Applied attached.
         * @member {calls.Attached.$Properties|null|undefined} attached
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.attached = null;

        /**
         * Applied queued.
         * @member {calls.Queued.$Properties|null|undefined} queued
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.queued = null;

        /**
         * Applied granted.
         * @member {calls.Granted.$Properties|null|undefined} granted
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.granted = null;

        /**
         * Applied revoked.
         * @member {calls.Revoked.$Properties|null|undefined} revoked
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.revoked = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Applied.prototype, "_rev", {
            get: $util.oneOfGetter($oneOfFields = ["rev"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Applied.prototype, "_resultRev", {
            get: $util.oneOfGetter($oneOfFields = ["resultRev"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Applied result.
         * @member {"ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"|undefined} result
         * @memberof calls.Applied
         * @instance
         */
        $Object.defineProperty(Applied.prototype, "result", {
            get: $util.oneOfGetter($oneOfFields = ["ended", "written", "refused", "done", "renewed", "attached", "queued", "granted", "revoked"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Applied message. Does not implicitly {@link calls.Applied.verify|verify} messages.
         * @function encode
         * @memberof calls.Applied
         * @static
         * @param {calls.Applied.$Properties} message Applied message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Applied.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.rev != null && $Object.hasOwnProperty.call(message, "rev"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.rev);
            if (message.isRepeat != null && $Object.hasOwnProperty.call(message, "isRepeat") && message.isRepeat !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.isRepeat);
            if (message.resultRev != null && $Object.hasOwnProperty.call(message, "resultRev"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.resultRev);
            if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                $root.calls.Ended.encode(message.ended, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.written != null && $Object.hasOwnProperty.call(message, "written"))
                $root.calls.Nothing.encode(message.written, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                $root.calls.Refusal.encode(message.refused, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                $root.calls.Nothing.encode(message.done, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.renewed != null && $Object.hasOwnProperty.call(message, "renewed"))
                $root.calls.Renewed.encode(message.renewed, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.attached != null && $Object.hasOwnProperty.call(message, "attached"))
                $root.calls.Attached.encode(message.attached, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.queued != null && $Object.hasOwnProperty.call(message, "queued"))
                $root.calls.Queued.encode(message.queued, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.granted != null && $Object.hasOwnProperty.call(message, "granted"))
                $root.calls.Granted.encode(message.granted, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.revoked != null && $Object.hasOwnProperty.call(message, "revoked"))
                $root.calls.Revoked.encode(message.revoked, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Applied message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Applied
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Applied & calls.Applied.$Shape} Applied
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Applied.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Applied();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.rev = reader.uint64();
                        message._rev = "rev";
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isRepeat = value;
                        else
                            delete message.isRepeat;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.resultRev = reader.uint64();
                        message._resultRev = "resultRev";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.ended = $root.calls.Ended.decode(reader, reader.size(), $undefined, _depth + 1, message.ended);
                        message.result = "ended";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.written = $root.calls.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.written);
                        message.result = "written";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.refused = $root.calls.Refusal.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                        message.result = "refused";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.done = $root.calls.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                        message.result = "done";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.renewed = $root.calls.Renewed.decode(reader, reader.size(), $undefined, _depth + 1, message.renewed);
                        message.result = "renewed";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.attached = $root.calls.Attached.decode(reader, reader.size(), $undefined, _depth + 1, message.attached);
                        message.result = "attached";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.queued = $root.calls.Queued.decode(reader, reader.size(), $undefined, _depth + 1, message.queued);
                        message.result = "queued";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.granted = $root.calls.Granted.decode(reader, reader.size(), $undefined, _depth + 1, message.granted);
                        message.result = "granted";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.revoked = $root.calls.Revoked.decode(reader, reader.size(), $undefined, _depth + 1, message.revoked);
                        message.result = "revoked";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Applied;
    })();

    calls.Nothing = (function() {

        /**
         * Properties of a Nothing.
         * @typedef {Object} calls.Nothing.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Nothing.
         * @memberof calls
         * @interface INothing
         * @augments calls.Nothing.$Properties
         * @deprecated Use calls.Nothing.$Properties instead.
         */

        /**
         * Shape of a Nothing.
         * @typedef {calls.Nothing.$Properties} calls.Nothing.$Shape
         */

        /**
         * Constructs a new Nothing.
         * @memberof calls
         * @classdesc Represents a Nothing.
         * @constructor
         * @param {calls.Nothing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Nothing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link calls.Nothing.verify|verify} messages.
         * @function encode
         * @memberof calls.Nothing
         * @static
         * @param {calls.Nothing.$Properties} message Nothing message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Nothing.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Nothing message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Nothing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Nothing & calls.Nothing.$Shape} Nothing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Nothing.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Nothing();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                reader.skipType(tag & 7, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Nothing;
    })();

    calls.Ended = (function() {

        /**
         * Properties of an Ended.
         * @typedef {Object} calls.Ended.$Properties
         * @property {number|null} [how] Ended how
         * @property {number|null} [token] Ended token
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Ended.
         * @memberof calls
         * @interface IEnded
         * @augments calls.Ended.$Properties
         * @deprecated Use calls.Ended.$Properties instead.
         */

        /**
         * Shape of an Ended.
         * @typedef {calls.Ended.$Properties} calls.Ended.$Shape
         */

        /**
         * Constructs a new Ended.
         * @memberof calls
         * @classdesc Represents an Ended.
         * @constructor
         * @param {calls.Ended.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Ended = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ended how.
         * @member {number} how
         * @memberof calls.Ended
         * @instance
         */
        Ended.prototype.how = 0;

        /**
         * Ended token.
         * @member {number|null|undefined} token
         * @memberof calls.Ended
         * @instance
         */
        Ended.prototype.token = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Ended.prototype, "_token", {
            get: $util.oneOfGetter($oneOfFields = ["token"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Ended message. Does not implicitly {@link calls.Ended.verify|verify} messages.
         * @function encode
         * @memberof calls.Ended
         * @static
         * @param {calls.Ended.$Properties} message Ended message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Ended.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.how != null && $Object.hasOwnProperty.call(message, "how") && message.how !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.how);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.token);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Ended message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Ended
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Ended & calls.Ended.$Shape} Ended
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Ended.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Ended();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.how = value;
                        else
                            delete message.how;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        message._token = "token";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Ended;
    })();

    calls.Refusal = (function() {

        /**
         * Properties of a Refusal.
         * @typedef {Object} calls.Refusal.$Properties
         * @property {number|null} [kind] Refusal kind
         * @property {number|null} [cause] Refusal cause
         * @property {string|null} [word] Refusal word
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Refusal.
         * @memberof calls
         * @interface IRefusal
         * @augments calls.Refusal.$Properties
         * @deprecated Use calls.Refusal.$Properties instead.
         */

        /**
         * Shape of a Refusal.
         * @typedef {calls.Refusal.$Properties} calls.Refusal.$Shape
         */

        /**
         * Constructs a new Refusal.
         * @memberof calls
         * @classdesc Represents a Refusal.
         * @constructor
         * @param {calls.Refusal.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Refusal = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Refusal kind.
         * @member {number} kind
         * @memberof calls.Refusal
         * @instance
         */
        Refusal.prototype.kind = 0;

        /**
         * Refusal cause.
         * @member {number} cause
         * @memberof calls.Refusal
         * @instance
         */
        Refusal.prototype.cause = 0;

        /**
         * Refusal word.
         * @member {string} word
         * @memberof calls.Refusal
         * @instance
         */
        Refusal.prototype.word = "";

        /**
         * Encodes the specified Refusal message. Does not implicitly {@link calls.Refusal.verify|verify} messages.
         * @function encode
         * @memberof calls.Refusal
         * @static
         * @param {calls.Refusal.$Properties} message Refusal message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Refusal.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.kind);
            if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.cause);
            if (message.word != null && $Object.hasOwnProperty.call(message, "word") && message.word !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.word);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Refusal message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Refusal
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Refusal & calls.Refusal.$Shape} Refusal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Refusal.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Refusal();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.kind = value;
                        else
                            delete message.kind;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.cause = value;
                        else
                            delete message.cause;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.word = value;
                        else
                            delete message.word;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Refusal;
    })();

    calls.Renewed = (function() {

        /**
         * Properties of a Renewed.
         * @typedef {Object} calls.Renewed.$Properties
         * @property {Array.<calls.RenewalOutcome.$Properties>|null} [items] Renewed items
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Renewed.
         * @memberof calls
         * @interface IRenewed
         * @augments calls.Renewed.$Properties
         * @deprecated Use calls.Renewed.$Properties instead.
         */

        /**
         * Shape of a Renewed.
         * @typedef {calls.Renewed.$Properties} calls.Renewed.$Shape
         */

        /**
         * Constructs a new Renewed.
         * @memberof calls
         * @classdesc Represents a Renewed.
         * @constructor
         * @param {calls.Renewed.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Renewed = function (properties) {
            this.items = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Renewed items.
         * @member {Array.<calls.RenewalOutcome.$Properties>} items
         * @memberof calls.Renewed
         * @instance
         */
        Renewed.prototype.items = $util.emptyArray;

        /**
         * Encodes the specified Renewed message. Does not implicitly {@link calls.Renewed.verify|verify} messages.
         * @function encode
         * @memberof calls.Renewed
         * @static
         * @param {calls.Renewed.$Properties} message Renewed message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Renewed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.items != null && message.items.length)
                for (let i = 0; i < message.items.length; ++i)
                    $root.calls.RenewalOutcome.encode(message.items[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Renewed message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Renewed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Renewed & calls.Renewed.$Shape} Renewed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Renewed.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Renewed();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.items && message.items.length))
                            message.items = [];
                        message.items.push($root.calls.RenewalOutcome.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Renewed;
    })();

    calls.Attached = (function() {

        /**
         * Properties of an Attached.
         * @typedef {Object} calls.Attached.$Properties
         * @property {number|null} [ttlMs] Attached ttlMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Attached.
         * @memberof calls
         * @interface IAttached
         * @augments calls.Attached.$Properties
         * @deprecated Use calls.Attached.$Properties instead.
         */

        /**
         * Shape of an Attached.
         * @typedef {calls.Attached.$Properties} calls.Attached.$Shape
         */

        /**
         * Constructs a new Attached.
         * @memberof calls
         * @classdesc Represents an Attached.
         * @constructor
         * @param {calls.Attached.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Attached = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Attached ttlMs.
         * @member {number} ttlMs
         * @memberof calls.Attached
         * @instance
         */
        Attached.prototype.ttlMs = 0;

        /**
         * Encodes the specified Attached message. Does not implicitly {@link calls.Attached.verify|verify} messages.
         * @function encode
         * @memberof calls.Attached
         * @static
         * @param {calls.Attached.$Properties} message Attached message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Attached.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.ttlMs != null && $Object.hasOwnProperty.call(message, "ttlMs") && message.ttlMs !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.ttlMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Attached message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Attached
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Attached & calls.Attached.$Shape} Attached
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Attached.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Attached();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ttlMs = value;
                        else
                            delete message.ttlMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Attached;
    })();

    calls.Queued = (function() {

        /**
         * Properties of a Queued.
         * @typedef {Object} calls.Queued.$Properties
         * @property {number|null} [position] Queued position
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Queued.
         * @memberof calls
         * @interface IQueued
         * @augments calls.Queued.$Properties
         * @deprecated Use calls.Queued.$Properties instead.
         */

        /**
         * Shape of a Queued.
         * @typedef {calls.Queued.$Properties} calls.Queued.$Shape
         */

        /**
         * Constructs a new Queued.
         * @memberof calls
         * @classdesc Represents a Queued.
         * @constructor
         * @param {calls.Queued.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Queued = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Queued position.
         * @member {number|null|undefined} position
         * @memberof calls.Queued
         * @instance
         */
        Queued.prototype.position = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Queued.prototype, "_position", {
            get: $util.oneOfGetter($oneOfFields = ["position"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Queued message. Does not implicitly {@link calls.Queued.verify|verify} messages.
         * @function encode
         * @memberof calls.Queued
         * @static
         * @param {calls.Queued.$Properties} message Queued message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Queued.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.position != null && $Object.hasOwnProperty.call(message, "position"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.position);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Queued message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Queued
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Queued & calls.Queued.$Shape} Queued
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Queued.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Queued();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.position = reader.uint64();
                        message._position = "position";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Queued;
    })();

    calls.Granted = (function() {

        /**
         * Properties of a Granted.
         * @typedef {Object} calls.Granted.$Properties
         * @property {number|null} [token] Granted token
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Granted.
         * @memberof calls
         * @interface IGranted
         * @augments calls.Granted.$Properties
         * @deprecated Use calls.Granted.$Properties instead.
         */

        /**
         * Shape of a Granted.
         * @typedef {calls.Granted.$Properties} calls.Granted.$Shape
         */

        /**
         * Constructs a new Granted.
         * @memberof calls
         * @classdesc Represents a Granted.
         * @constructor
         * @param {calls.Granted.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Granted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Granted token.
         * @member {number|null|undefined} token
         * @memberof calls.Granted
         * @instance
         */
        Granted.prototype.token = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Granted.prototype, "_token", {
            get: $util.oneOfGetter($oneOfFields = ["token"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Granted message. Does not implicitly {@link calls.Granted.verify|verify} messages.
         * @function encode
         * @memberof calls.Granted
         * @static
         * @param {calls.Granted.$Properties} message Granted message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Granted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.token);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Granted message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Granted
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Granted & calls.Granted.$Shape} Granted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Granted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Granted();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        message._token = "token";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Granted;
    })();

    calls.Revoked = (function() {

        /**
         * Properties of a Revoked.
         * @typedef {Object} calls.Revoked.$Properties
         * @property {Array.<number>|null} [tokens] Revoked tokens
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Revoked.
         * @memberof calls
         * @interface IRevoked
         * @augments calls.Revoked.$Properties
         * @deprecated Use calls.Revoked.$Properties instead.
         */

        /**
         * Shape of a Revoked.
         * @typedef {calls.Revoked.$Properties} calls.Revoked.$Shape
         */

        /**
         * Constructs a new Revoked.
         * @memberof calls
         * @classdesc Represents a Revoked.
         * @constructor
         * @param {calls.Revoked.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Revoked = function (properties) {
            this.tokens = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Revoked tokens.
         * @member {Array.<number>} tokens
         * @memberof calls.Revoked
         * @instance
         */
        Revoked.prototype.tokens = $util.emptyArray;

        /**
         * Encodes the specified Revoked message. Does not implicitly {@link calls.Revoked.verify|verify} messages.
         * @function encode
         * @memberof calls.Revoked
         * @static
         * @param {calls.Revoked.$Properties} message Revoked message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Revoked.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tokens != null && message.tokens.length)
                writer.uint32(/* id 14, wireType 2 =*/114).uint64s(message.tokens);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Revoked message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Revoked
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Revoked & calls.Revoked.$Shape} Revoked
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Revoked.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.calls.Revoked();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 14: {
                        if (wireType === 2) {
                            if (!(message.tokens && message.tokens.length))
                                message.tokens = [];
                            reader.uint64s(message.tokens);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.tokens && message.tokens.length))
                            message.tokens = [];
                        message.tokens.push(reader.uint64());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Revoked;
    })();

    return calls;
})();

export {
  $root as default
};
