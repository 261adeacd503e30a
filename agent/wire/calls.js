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
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.attempt = reader.uint64();
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
         * @property {number|null} [rev] RenewalOutcome rev
         * @property {number|null} [timeMs] RenewalOutcome timeMs
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

        /**
         * RenewalOutcome rev.
         * @member {number|null|undefined} rev
         * @memberof calls.RenewalOutcome
         * @instance
         */
        RenewalOutcome.prototype.rev = null;

        /**
         * RenewalOutcome timeMs.
         * @member {number|null|undefined} timeMs
         * @memberof calls.RenewalOutcome
         * @instance
         */
        RenewalOutcome.prototype.timeMs = null;

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
            if (message.rev != null && $Object.hasOwnProperty.call(message, "rev"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.rev);
            if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.timeMs);
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
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.rev = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.timeMs = reader.uint64();
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
         * @property {calls.Removed.$Properties|null} [removed] Applied removed
         * @property {calls.Opened.$Properties|null} [opened] Applied opened
         * @property {"ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"|"removed"|"opened"} [result] Applied result
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
         *   removed?: calls.Removed.$Shape|null;
         *   opened?: calls.Opened.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ result?: undefined; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "ended"; ended: calls.Ended.$Shape; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "written"; ended?: null; written: calls.Nothing.$Shape; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "refused"; ended?: null; written?: null; refused: calls.Refusal.$Shape; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "done"; ended?: null; written?: null; refused?: null; done: calls.Nothing.$Shape; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "renewed"; ended?: null; written?: null; refused?: null; done?: null; renewed: calls.Renewed.$Shape; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "attached"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached: calls.Attached.$Shape; queued?: null; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "queued"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued: calls.Queued.$Shape; granted?: null; revoked?: null; removed?: null; opened?: null }|{ result?: "granted"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted: calls.Granted.$Shape; revoked?: null; removed?: null; opened?: null }|{ result?: "revoked"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked: calls.Revoked.$Shape; removed?: null; opened?: null }|{ result?: "removed"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed: calls.Removed.$Shape; opened?: null }|{ result?: "opened"; ended?: null; written?: null; refused?: null; done?: null; renewed?: null; attached?: null; queued?: null; granted?: null; revoked?: null; removed?: null; opened: calls.Opened.$Shape })
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

        /**
         * Applied removed.
         * @member {calls.Removed.$Properties|null|undefined} removed
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.removed = null;

        /**
         * Applied opened.
         * @member {calls.Opened.$Properties|null|undefined} opened
         * @memberof calls.Applied
         * @instance
         */
        Applied.prototype.opened = null;

        /**
         * Applied result.
         * @member {"ended"|"written"|"refused"|"done"|"renewed"|"attached"|"queued"|"granted"|"revoked"|"removed"|"opened"|undefined} result
         * @memberof calls.Applied
         * @instance
         */
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
            if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                $root.calls.Removed.encode(message.removed, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
            if (message.opened != null && $Object.hasOwnProperty.call(message, "opened"))
                $root.calls.Opened.encode(message.opened, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
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
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.removed = $root.calls.Removed.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
                        message.result = "removed";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.opened = $root.calls.Opened.decode(reader, reader.size(), $undefined, _depth + 1, message.opened);
                        message.result = "opened";
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

    calls.Opened = (function() {

        /**
         * Properties of an Opened.
         * @typedef {Object} calls.Opened.$Properties
         * @property {number|null} [generation] Opened generation
         * @property {number|null} [index] Opened index
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Opened.
         * @memberof calls
         * @interface IOpened
         * @augments calls.Opened.$Properties
         * @deprecated Use calls.Opened.$Properties instead.
         */

        /**
         * Shape of an Opened.
         * @typedef {calls.Opened.$Properties} calls.Opened.$Shape
         */

        /**
         * Constructs a new Opened.
         * @memberof calls
         * @classdesc Represents an Opened.
         * @constructor
         * @param {calls.Opened.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Opened = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Opened generation.
         * @member {number|null|undefined} generation
         * @memberof calls.Opened
         * @instance
         */
        Opened.prototype.generation = null;

        /**
         * Opened index.
         * @member {number} index
         * @memberof calls.Opened
         * @instance
         */
        Opened.prototype.index = 0;

        /**
         * Encodes the specified Opened message. Does not implicitly {@link calls.Opened.verify|verify} messages.
         * @function encode
         * @memberof calls.Opened
         * @static
         * @param {calls.Opened.$Properties} message Opened message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Opened.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.generation);
            if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.index);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Opened message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Opened
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Opened & calls.Opened.$Shape} Opened
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Opened.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.Opened();
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
                        message.generation = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.index = value;
                        else
                            delete message.index;
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

        return Opened;
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

    calls.Removed = (function() {

        /**
         * Properties of a Removed.
         * @typedef {Object} calls.Removed.$Properties
         * @property {boolean|null} [isRemoved] Removed isRemoved
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Removed.
         * @memberof calls
         * @interface IRemoved
         * @augments calls.Removed.$Properties
         * @deprecated Use calls.Removed.$Properties instead.
         */

        /**
         * Shape of a Removed.
         * @typedef {calls.Removed.$Properties} calls.Removed.$Shape
         */

        /**
         * Constructs a new Removed.
         * @memberof calls
         * @classdesc Represents a Removed.
         * @constructor
         * @param {calls.Removed.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Removed = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Removed isRemoved.
         * @member {boolean} isRemoved
         * @memberof calls.Removed
         * @instance
         */
        Removed.prototype.isRemoved = false;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link calls.Removed.verify|verify} messages.
         * @function encode
         * @memberof calls.Removed
         * @static
         * @param {calls.Removed.$Properties} message Removed message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Removed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.isRemoved != null && $Object.hasOwnProperty.call(message, "isRemoved") && message.isRemoved !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.isRemoved);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Removed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Removed & calls.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Removed.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.Removed();
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
                        if (value = reader.bool())
                            message.isRemoved = value;
                        else
                            delete message.isRemoved;
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

        return Removed;
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
         * @property {number|null} [current] Refusal current
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
         * Refusal current.
         * @member {number|null|undefined} current
         * @memberof calls.Refusal
         * @instance
         */
        Refusal.prototype.current = null;

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
            if (message.current != null && $Object.hasOwnProperty.call(message, "current"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.current);
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
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.current = reader.uint64();
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
         * @property {number|null} [timeMs] Attached timeMs
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
         * Attached timeMs.
         * @member {number|null|undefined} timeMs
         * @memberof calls.Attached
         * @instance
         */
        Attached.prototype.timeMs = null;

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
            if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.timeMs);
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
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.timeMs = reader.uint64();
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

    calls.GroupWish = (function() {

        /**
         * Properties of a GroupWish.
         * @typedef {Object} calls.GroupWish.$Properties
         * @property {number|null} [what] GroupWish what
         * @property {string|null} [name] GroupWish name
         * @property {boolean|null} [force] GroupWish force
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GroupWish.
         * @memberof calls
         * @interface IGroupWish
         * @augments calls.GroupWish.$Properties
         * @deprecated Use calls.GroupWish.$Properties instead.
         */

        /**
         * Shape of a GroupWish.
         * @typedef {calls.GroupWish.$Properties} calls.GroupWish.$Shape
         */

        /**
         * Constructs a new GroupWish.
         * @memberof calls
         * @classdesc Represents a GroupWish.
         * @constructor
         * @param {calls.GroupWish.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GroupWish = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GroupWish what.
         * @member {number} what
         * @memberof calls.GroupWish
         * @instance
         */
        GroupWish.prototype.what = 0;

        /**
         * GroupWish name.
         * @member {string} name
         * @memberof calls.GroupWish
         * @instance
         */
        GroupWish.prototype.name = "";

        /**
         * GroupWish force.
         * @member {boolean} force
         * @memberof calls.GroupWish
         * @instance
         */
        GroupWish.prototype.force = false;

        /**
         * Encodes the specified GroupWish message. Does not implicitly {@link calls.GroupWish.verify|verify} messages.
         * @function encode
         * @memberof calls.GroupWish
         * @static
         * @param {calls.GroupWish.$Properties} message GroupWish message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GroupWish.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.what);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.force != null && $Object.hasOwnProperty.call(message, "force") && message.force !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.force);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GroupWish message from the specified reader or buffer.
         * @function decode
         * @memberof calls.GroupWish
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.GroupWish & calls.GroupWish.$Shape} GroupWish
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GroupWish.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.GroupWish();
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
                            message.what = value;
                        else
                            delete message.what;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.force = value;
                        else
                            delete message.force;
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

        return GroupWish;
    })();

    calls.GroupTold = (function() {

        /**
         * Properties of a GroupTold.
         * @typedef {Object} calls.GroupTold.$Properties
         * @property {calls.GroupStatus.$Properties|null} [status] GroupTold status
         * @property {calls.GroupRefusal.$Properties|null} [refusal] GroupTold refusal
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GroupTold.
         * @memberof calls
         * @interface IGroupTold
         * @augments calls.GroupTold.$Properties
         * @deprecated Use calls.GroupTold.$Properties instead.
         */

        /**
         * Shape of a GroupTold.
         * @typedef {calls.GroupTold.$Properties} calls.GroupTold.$Shape
         */

        /**
         * Constructs a new GroupTold.
         * @memberof calls
         * @classdesc Represents a GroupTold.
         * @constructor
         * @param {calls.GroupTold.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GroupTold = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GroupTold status.
         * @member {calls.GroupStatus.$Properties|null|undefined} status
         * @memberof calls.GroupTold
         * @instance
         */
        GroupTold.prototype.status = null;

        /**
         * GroupTold refusal.
         * @member {calls.GroupRefusal.$Properties|null|undefined} refusal
         * @memberof calls.GroupTold
         * @instance
         */
        GroupTold.prototype.refusal = null;

        /**
         * Encodes the specified GroupTold message. Does not implicitly {@link calls.GroupTold.verify|verify} messages.
         * @function encode
         * @memberof calls.GroupTold
         * @static
         * @param {calls.GroupTold.$Properties} message GroupTold message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GroupTold.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                $root.calls.GroupStatus.encode(message.status, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal"))
                $root.calls.GroupRefusal.encode(message.refusal, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GroupTold message from the specified reader or buffer.
         * @function decode
         * @memberof calls.GroupTold
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.GroupTold & calls.GroupTold.$Shape} GroupTold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GroupTold.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.GroupTold();
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
                        message.status = $root.calls.GroupStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.refusal = $root.calls.GroupRefusal.decode(reader, reader.size(), $undefined, _depth + 1, message.refusal);
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

        return GroupTold;
    })();

    calls.GroupStatus = (function() {

        /**
         * Properties of a GroupStatus.
         * @typedef {Object} calls.GroupStatus.$Properties
         * @property {number|null} [term] GroupStatus term
         * @property {string|null} [leader] GroupStatus leader
         * @property {number|null} [commit] GroupStatus commit
         * @property {number|null} [applied] GroupStatus applied
         * @property {number|null} [quorum] GroupStatus quorum
         * @property {number|null} [canLose] GroupStatus canLose
         * @property {Array.<calls.GroupSeat.$Properties>|null} [seats] GroupStatus seats
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GroupStatus.
         * @memberof calls
         * @interface IGroupStatus
         * @augments calls.GroupStatus.$Properties
         * @deprecated Use calls.GroupStatus.$Properties instead.
         */

        /**
         * Shape of a GroupStatus.
         * @typedef {calls.GroupStatus.$Properties} calls.GroupStatus.$Shape
         */

        /**
         * Constructs a new GroupStatus.
         * @memberof calls
         * @classdesc Represents a GroupStatus.
         * @constructor
         * @param {calls.GroupStatus.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GroupStatus = function (properties) {
            this.seats = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GroupStatus term.
         * @member {number|null|undefined} term
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.term = null;

        /**
         * GroupStatus leader.
         * @member {string} leader
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.leader = "";

        /**
         * GroupStatus commit.
         * @member {number|null|undefined} commit
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.commit = null;

        /**
         * GroupStatus applied.
         * @member {number|null|undefined} applied
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.applied = null;

        /**
         * GroupStatus quorum.
         * @member {number} quorum
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.quorum = 0;

        /**
         * GroupStatus canLose.
         * @member {number} canLose
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.canLose = 0;

        /**
         * GroupStatus seats.
         * @member {Array.<calls.GroupSeat.$Properties>} seats
         * @memberof calls.GroupStatus
         * @instance
         */
        GroupStatus.prototype.seats = $util.emptyArray;

        /**
         * Encodes the specified GroupStatus message. Does not implicitly {@link calls.GroupStatus.verify|verify} messages.
         * @function encode
         * @memberof calls.GroupStatus
         * @static
         * @param {calls.GroupStatus.$Properties} message GroupStatus message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GroupStatus.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.term);
            if (message.leader != null && $Object.hasOwnProperty.call(message, "leader") && message.leader !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.leader);
            if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.commit);
            if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.applied);
            if (message.quorum != null && $Object.hasOwnProperty.call(message, "quorum") && message.quorum !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.quorum);
            if (message.canLose != null && $Object.hasOwnProperty.call(message, "canLose") && message.canLose !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.canLose);
            if (message.seats != null && message.seats.length)
                for (let i = 0; i < message.seats.length; ++i)
                    $root.calls.GroupSeat.encode(message.seats[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GroupStatus message from the specified reader or buffer.
         * @function decode
         * @memberof calls.GroupStatus
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.GroupStatus & calls.GroupStatus.$Shape} GroupStatus
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GroupStatus.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.GroupStatus();
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
                        message.term = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.leader = value;
                        else
                            delete message.leader;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.commit = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.applied = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.quorum = value;
                        else
                            delete message.quorum;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.canLose = value;
                        else
                            delete message.canLose;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.seats && message.seats.length))
                            message.seats = [];
                        message.seats.push($root.calls.GroupSeat.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return GroupStatus;
    })();

    calls.GroupSeat = (function() {

        /**
         * Properties of a GroupSeat.
         * @typedef {Object} calls.GroupSeat.$Properties
         * @property {string|null} [name] GroupSeat name
         * @property {string|null} [id] GroupSeat id
         * @property {string|null} [addr] GroupSeat addr
         * @property {number|null} [role] GroupSeat role
         * @property {boolean|null} [up] GroupSeat up
         * @property {number|null} [match] GroupSeat match
         * @property {number|null} [lag] GroupSeat lag
         * @property {number|null} [lastContactMs] GroupSeat lastContactMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GroupSeat.
         * @memberof calls
         * @interface IGroupSeat
         * @augments calls.GroupSeat.$Properties
         * @deprecated Use calls.GroupSeat.$Properties instead.
         */

        /**
         * Shape of a GroupSeat.
         * @typedef {calls.GroupSeat.$Properties} calls.GroupSeat.$Shape
         */

        /**
         * Constructs a new GroupSeat.
         * @memberof calls
         * @classdesc Represents a GroupSeat.
         * @constructor
         * @param {calls.GroupSeat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GroupSeat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GroupSeat name.
         * @member {string} name
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.name = "";

        /**
         * GroupSeat id.
         * @member {string} id
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.id = "";

        /**
         * GroupSeat addr.
         * @member {string} addr
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.addr = "";

        /**
         * GroupSeat role.
         * @member {number} role
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.role = 0;

        /**
         * GroupSeat up.
         * @member {boolean} up
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.up = false;

        /**
         * GroupSeat match.
         * @member {number|null|undefined} match
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.match = null;

        /**
         * GroupSeat lag.
         * @member {number|null|undefined} lag
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.lag = null;

        /**
         * GroupSeat lastContactMs.
         * @member {number|null|undefined} lastContactMs
         * @memberof calls.GroupSeat
         * @instance
         */
        GroupSeat.prototype.lastContactMs = null;

        /**
         * Encodes the specified GroupSeat message. Does not implicitly {@link calls.GroupSeat.verify|verify} messages.
         * @function encode
         * @memberof calls.GroupSeat
         * @static
         * @param {calls.GroupSeat.$Properties} message GroupSeat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GroupSeat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.id);
            if (message.addr != null && $Object.hasOwnProperty.call(message, "addr") && message.addr !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.addr);
            if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.role);
            if (message.up != null && $Object.hasOwnProperty.call(message, "up") && message.up !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.up);
            if (message.match != null && $Object.hasOwnProperty.call(message, "match"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.match);
            if (message.lag != null && $Object.hasOwnProperty.call(message, "lag"))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.lag);
            if (message.lastContactMs != null && $Object.hasOwnProperty.call(message, "lastContactMs"))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.lastContactMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GroupSeat message from the specified reader or buffer.
         * @function decode
         * @memberof calls.GroupSeat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.GroupSeat & calls.GroupSeat.$Shape} GroupSeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GroupSeat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.GroupSeat();
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
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.addr = value;
                        else
                            delete message.addr;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.role = value;
                        else
                            delete message.role;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.up = value;
                        else
                            delete message.up;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.match = reader.uint64();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.lag = reader.uint64();
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.lastContactMs = reader.uint64();
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

        return GroupSeat;
    })();

    calls.GroupRefusal = (function() {

        /**
         * Properties of a GroupRefusal.
         * @typedef {Object} calls.GroupRefusal.$Properties
         * @property {number|null} [code] GroupRefusal code
         * @property {string|null} [message] GroupRefusal message
         * @property {string|null} [hint] GroupRefusal hint
         * @property {Array.<calls.Detail.$Properties>|null} [details] GroupRefusal details
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GroupRefusal.
         * @memberof calls
         * @interface IGroupRefusal
         * @augments calls.GroupRefusal.$Properties
         * @deprecated Use calls.GroupRefusal.$Properties instead.
         */

        /**
         * Shape of a GroupRefusal.
         * @typedef {calls.GroupRefusal.$Properties} calls.GroupRefusal.$Shape
         */

        /**
         * Constructs a new GroupRefusal.
         * @memberof calls
         * @classdesc Represents a GroupRefusal.
         * @constructor
         * @param {calls.GroupRefusal.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GroupRefusal = function (properties) {
            this.details = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GroupRefusal code.
         * @member {number} code
         * @memberof calls.GroupRefusal
         * @instance
         */
        GroupRefusal.prototype.code = 0;

        /**
         * GroupRefusal message.
         * @member {string} message
         * @memberof calls.GroupRefusal
         * @instance
         */
        GroupRefusal.prototype.message = "";

        /**
         * GroupRefusal hint.
         * @member {string} hint
         * @memberof calls.GroupRefusal
         * @instance
         */
        GroupRefusal.prototype.hint = "";

        /**
         * GroupRefusal details.
         * @member {Array.<calls.Detail.$Properties>} details
         * @memberof calls.GroupRefusal
         * @instance
         */
        GroupRefusal.prototype.details = $util.emptyArray;

        /**
         * Encodes the specified GroupRefusal message. Does not implicitly {@link calls.GroupRefusal.verify|verify} messages.
         * @function encode
         * @memberof calls.GroupRefusal
         * @static
         * @param {calls.GroupRefusal.$Properties} message GroupRefusal message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GroupRefusal.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
            if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
            if (message.hint != null && $Object.hasOwnProperty.call(message, "hint") && message.hint !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.hint);
            if (message.details != null && message.details.length)
                for (let i = 0; i < message.details.length; ++i)
                    $root.calls.Detail.encode(message.details[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GroupRefusal message from the specified reader or buffer.
         * @function decode
         * @memberof calls.GroupRefusal
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.GroupRefusal & calls.GroupRefusal.$Shape} GroupRefusal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GroupRefusal.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.GroupRefusal();
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
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.message = value;
                        else
                            delete message.message;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hint = value;
                        else
                            delete message.hint;
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.details && message.details.length))
                            message.details = [];
                        message.details.push($root.calls.Detail.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return GroupRefusal;
    })();

    calls.Detail = (function() {

        /**
         * Properties of a Detail.
         * @typedef {Object} calls.Detail.$Properties
         * @property {string|null} [key] Detail key
         * @property {string|null} [text] Detail text
         * @property {number|null} [number] Detail number
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Detail.
         * @memberof calls
         * @interface IDetail
         * @augments calls.Detail.$Properties
         * @deprecated Use calls.Detail.$Properties instead.
         */

        /**
         * Shape of a Detail.
         * @typedef {calls.Detail.$Properties} calls.Detail.$Shape
         */

        /**
         * Constructs a new Detail.
         * @memberof calls
         * @classdesc Represents a Detail.
         * @constructor
         * @param {calls.Detail.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Detail = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Detail key.
         * @member {string} key
         * @memberof calls.Detail
         * @instance
         */
        Detail.prototype.key = "";

        /**
         * Detail text.
         * @member {string|null|undefined} text
         * @memberof calls.Detail
         * @instance
         */
        Detail.prototype.text = null;

        /**
         * Detail number.
         * @member {number|null|undefined} number
         * @memberof calls.Detail
         * @instance
         */
        Detail.prototype.number = null;

        /**
         * Encodes the specified Detail message. Does not implicitly {@link calls.Detail.verify|verify} messages.
         * @function encode
         * @memberof calls.Detail
         * @static
         * @param {calls.Detail.$Properties} message Detail message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Detail.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
            if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.number);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Detail message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Detail
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Detail & calls.Detail.$Shape} Detail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Detail.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.Detail();
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
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.text = reader.stringVerify();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.number = reader.uint64();
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

        return Detail;
    })();

    calls.FoundingAsk = (function() {

        /**
         * Properties of a FoundingAsk.
         * @typedef {Object} calls.FoundingAsk.$Properties
         * @property {number|null} [what] FoundingAsk what
         * @property {string|null} [to] FoundingAsk to
         * @property {string|null} [line] FoundingAsk line
         * @property {number|null} [number] FoundingAsk number
         * @property {number|null} [expects] FoundingAsk expects
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a FoundingAsk.
         * @memberof calls
         * @interface IFoundingAsk
         * @augments calls.FoundingAsk.$Properties
         * @deprecated Use calls.FoundingAsk.$Properties instead.
         */

        /**
         * Shape of a FoundingAsk.
         * @typedef {calls.FoundingAsk.$Properties} calls.FoundingAsk.$Shape
         */

        /**
         * Constructs a new FoundingAsk.
         * @memberof calls
         * @classdesc Represents a FoundingAsk.
         * @constructor
         * @param {calls.FoundingAsk.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const FoundingAsk = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * FoundingAsk what.
         * @member {number} what
         * @memberof calls.FoundingAsk
         * @instance
         */
        FoundingAsk.prototype.what = 0;

        /**
         * FoundingAsk to.
         * @member {string} to
         * @memberof calls.FoundingAsk
         * @instance
         */
        FoundingAsk.prototype.to = "";

        /**
         * FoundingAsk line.
         * @member {string} line
         * @memberof calls.FoundingAsk
         * @instance
         */
        FoundingAsk.prototype.line = "";

        /**
         * FoundingAsk number.
         * @member {number|null|undefined} number
         * @memberof calls.FoundingAsk
         * @instance
         */
        FoundingAsk.prototype.number = null;

        /**
         * FoundingAsk expects.
         * @member {number} expects
         * @memberof calls.FoundingAsk
         * @instance
         */
        FoundingAsk.prototype.expects = 0;

        /**
         * Encodes the specified FoundingAsk message. Does not implicitly {@link calls.FoundingAsk.verify|verify} messages.
         * @function encode
         * @memberof calls.FoundingAsk
         * @static
         * @param {calls.FoundingAsk.$Properties} message FoundingAsk message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        FoundingAsk.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.what);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.to);
            if (message.line != null && $Object.hasOwnProperty.call(message, "line") && message.line !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.line);
            if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.number);
            if (message.expects != null && $Object.hasOwnProperty.call(message, "expects") && message.expects !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.expects);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a FoundingAsk message from the specified reader or buffer.
         * @function decode
         * @memberof calls.FoundingAsk
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.FoundingAsk & calls.FoundingAsk.$Shape} FoundingAsk
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        FoundingAsk.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.FoundingAsk();
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
                            message.what = value;
                        else
                            delete message.what;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.to = value;
                        else
                            delete message.to;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.line = value;
                        else
                            delete message.line;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.number = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.expects = value;
                        else
                            delete message.expects;
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

        return FoundingAsk;
    })();

    calls.FoundingAnswer = (function() {

        /**
         * Properties of a FoundingAnswer.
         * @typedef {Object} calls.FoundingAnswer.$Properties
         * @property {number|null} [what] FoundingAnswer what
         * @property {string|null} [by] FoundingAnswer by
         * @property {number|null} [expects] FoundingAnswer expects
         * @property {string|null} [cluster] FoundingAnswer cluster
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a FoundingAnswer.
         * @memberof calls
         * @interface IFoundingAnswer
         * @augments calls.FoundingAnswer.$Properties
         * @deprecated Use calls.FoundingAnswer.$Properties instead.
         */

        /**
         * Shape of a FoundingAnswer.
         * @typedef {calls.FoundingAnswer.$Properties} calls.FoundingAnswer.$Shape
         */

        /**
         * Constructs a new FoundingAnswer.
         * @memberof calls
         * @classdesc Represents a FoundingAnswer.
         * @constructor
         * @param {calls.FoundingAnswer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const FoundingAnswer = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * FoundingAnswer what.
         * @member {number} what
         * @memberof calls.FoundingAnswer
         * @instance
         */
        FoundingAnswer.prototype.what = 0;

        /**
         * FoundingAnswer by.
         * @member {string} by
         * @memberof calls.FoundingAnswer
         * @instance
         */
        FoundingAnswer.prototype.by = "";

        /**
         * FoundingAnswer expects.
         * @member {number} expects
         * @memberof calls.FoundingAnswer
         * @instance
         */
        FoundingAnswer.prototype.expects = 0;

        /**
         * FoundingAnswer cluster.
         * @member {string} cluster
         * @memberof calls.FoundingAnswer
         * @instance
         */
        FoundingAnswer.prototype.cluster = "";

        /**
         * Encodes the specified FoundingAnswer message. Does not implicitly {@link calls.FoundingAnswer.verify|verify} messages.
         * @function encode
         * @memberof calls.FoundingAnswer
         * @static
         * @param {calls.FoundingAnswer.$Properties} message FoundingAnswer message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        FoundingAnswer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.what);
            if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.by);
            if (message.expects != null && $Object.hasOwnProperty.call(message, "expects") && message.expects !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.expects);
            if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.cluster);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a FoundingAnswer message from the specified reader or buffer.
         * @function decode
         * @memberof calls.FoundingAnswer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.FoundingAnswer & calls.FoundingAnswer.$Shape} FoundingAnswer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        FoundingAnswer.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.FoundingAnswer();
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
                            message.what = value;
                        else
                            delete message.what;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.by = value;
                        else
                            delete message.by;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.expects = value;
                        else
                            delete message.expects;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.cluster = value;
                        else
                            delete message.cluster;
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

        return FoundingAnswer;
    })();

    calls.Reign = (function() {

        /**
         * Properties of a Reign.
         * @typedef {Object} calls.Reign.$Properties
         * @property {number|null} [term] Reign term
         * @property {string|null} [leader] Reign leader
         * @property {Array.<string>|null} [voters] Reign voters
         * @property {Array.<string>|null} [learners] Reign learners
         * @property {boolean|null} [isJoint] Reign isJoint
         * @property {Array.<string>|null} [removed] Reign removed
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Reign.
         * @memberof calls
         * @interface IReign
         * @augments calls.Reign.$Properties
         * @deprecated Use calls.Reign.$Properties instead.
         */

        /**
         * Shape of a Reign.
         * @typedef {calls.Reign.$Properties} calls.Reign.$Shape
         */

        /**
         * Constructs a new Reign.
         * @memberof calls
         * @classdesc Represents a Reign.
         * @constructor
         * @param {calls.Reign.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Reign = function (properties) {
            this.voters = [];
            this.learners = [];
            this.removed = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Reign term.
         * @member {number|null|undefined} term
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.term = null;

        /**
         * Reign leader.
         * @member {string} leader
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.leader = "";

        /**
         * Reign voters.
         * @member {Array.<string>} voters
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.voters = $util.emptyArray;

        /**
         * Reign learners.
         * @member {Array.<string>} learners
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.learners = $util.emptyArray;

        /**
         * Reign isJoint.
         * @member {boolean} isJoint
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.isJoint = false;

        /**
         * Reign removed.
         * @member {Array.<string>} removed
         * @memberof calls.Reign
         * @instance
         */
        Reign.prototype.removed = $util.emptyArray;

        /**
         * Encodes the specified Reign message. Does not implicitly {@link calls.Reign.verify|verify} messages.
         * @function encode
         * @memberof calls.Reign
         * @static
         * @param {calls.Reign.$Properties} message Reign message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Reign.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.term);
            if (message.leader != null && $Object.hasOwnProperty.call(message, "leader") && message.leader !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.leader);
            if (message.isJoint != null && $Object.hasOwnProperty.call(message, "isJoint") && message.isJoint !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isJoint);
            if (message.voters != null && message.voters.length)
                for (let i = 0; i < message.voters.length; ++i)
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.voters[i]);
            if (message.learners != null && message.learners.length)
                for (let i = 0; i < message.learners.length; ++i)
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.learners[i]);
            if (message.removed != null && message.removed.length)
                for (let i = 0; i < message.removed.length; ++i)
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.removed[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Reign message from the specified reader or buffer.
         * @function decode
         * @memberof calls.Reign
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.Reign & calls.Reign.$Shape} Reign
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Reign.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.Reign();
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
                        message.term = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.leader = value;
                        else
                            delete message.leader;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.voters && message.voters.length))
                            message.voters = [];
                        message.voters.push(reader.stringVerify());
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        if (!(message.learners && message.learners.length))
                            message.learners = [];
                        message.learners.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isJoint = value;
                        else
                            delete message.isJoint;
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.removed && message.removed.length))
                            message.removed = [];
                        message.removed.push(reader.stringVerify());
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

        return Reign;
    })();

    calls.KeyOrder = (function() {

        /**
         * Properties of a KeyOrder.
         * @typedef {Object} calls.KeyOrder.$Properties
         * @property {number|null} [what] KeyOrder what
         * @property {string|null} [fingerprint] KeyOrder fingerprint
         * @property {number|null} [serial] KeyOrder serial
         * @property {Uint8Array|null} [key] KeyOrder key
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a KeyOrder.
         * @memberof calls
         * @interface IKeyOrder
         * @augments calls.KeyOrder.$Properties
         * @deprecated Use calls.KeyOrder.$Properties instead.
         */

        /**
         * Shape of a KeyOrder.
         * @typedef {calls.KeyOrder.$Properties} calls.KeyOrder.$Shape
         */

        /**
         * Constructs a new KeyOrder.
         * @memberof calls
         * @classdesc Represents a KeyOrder.
         * @constructor
         * @param {calls.KeyOrder.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const KeyOrder = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * KeyOrder what.
         * @member {number} what
         * @memberof calls.KeyOrder
         * @instance
         */
        KeyOrder.prototype.what = 0;

        /**
         * KeyOrder fingerprint.
         * @member {string} fingerprint
         * @memberof calls.KeyOrder
         * @instance
         */
        KeyOrder.prototype.fingerprint = "";

        /**
         * KeyOrder serial.
         * @member {number} serial
         * @memberof calls.KeyOrder
         * @instance
         */
        KeyOrder.prototype.serial = 0;

        /**
         * KeyOrder key.
         * @member {Uint8Array} key
         * @memberof calls.KeyOrder
         * @instance
         */
        KeyOrder.prototype.key = $util.newBuffer([]);

        /**
         * Encodes the specified KeyOrder message. Does not implicitly {@link calls.KeyOrder.verify|verify} messages.
         * @function encode
         * @memberof calls.KeyOrder
         * @static
         * @param {calls.KeyOrder.$Properties} message KeyOrder message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        KeyOrder.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.what);
            if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.fingerprint);
            if (message.serial != null && $Object.hasOwnProperty.call(message, "serial") && message.serial !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.serial);
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.key);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a KeyOrder message from the specified reader or buffer.
         * @function decode
         * @memberof calls.KeyOrder
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.KeyOrder & calls.KeyOrder.$Shape} KeyOrder
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        KeyOrder.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.KeyOrder();
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
                            message.what = value;
                        else
                            delete message.what;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.fingerprint = value;
                        else
                            delete message.fingerprint;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.serial = value;
                        else
                            delete message.serial;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.key = value;
                        else
                            delete message.key;
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

        return KeyOrder;
    })();

    calls.KeysTold = (function() {

        /**
         * Properties of a KeysTold.
         * @typedef {Object} calls.KeysTold.$Properties
         * @property {Array.<calls.RingKey.$Properties>|null} [keys] KeysTold keys
         * @property {string|null} [refusal] KeysTold refusal
         * @property {Uint8Array|null} [key] KeysTold key
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a KeysTold.
         * @memberof calls
         * @interface IKeysTold
         * @augments calls.KeysTold.$Properties
         * @deprecated Use calls.KeysTold.$Properties instead.
         */

        /**
         * Shape of a KeysTold.
         * @typedef {calls.KeysTold.$Properties} calls.KeysTold.$Shape
         */

        /**
         * Constructs a new KeysTold.
         * @memberof calls
         * @classdesc Represents a KeysTold.
         * @constructor
         * @param {calls.KeysTold.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const KeysTold = function (properties) {
            this.keys = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * KeysTold keys.
         * @member {Array.<calls.RingKey.$Properties>} keys
         * @memberof calls.KeysTold
         * @instance
         */
        KeysTold.prototype.keys = $util.emptyArray;

        /**
         * KeysTold refusal.
         * @member {string} refusal
         * @memberof calls.KeysTold
         * @instance
         */
        KeysTold.prototype.refusal = "";

        /**
         * KeysTold key.
         * @member {Uint8Array} key
         * @memberof calls.KeysTold
         * @instance
         */
        KeysTold.prototype.key = $util.newBuffer([]);

        /**
         * Encodes the specified KeysTold message. Does not implicitly {@link calls.KeysTold.verify|verify} messages.
         * @function encode
         * @memberof calls.KeysTold
         * @static
         * @param {calls.KeysTold.$Properties} message KeysTold message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        KeysTold.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal") && message.refusal !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.refusal);
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key);
            if (message.keys != null && message.keys.length)
                for (let i = 0; i < message.keys.length; ++i)
                    $root.calls.RingKey.encode(message.keys[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a KeysTold message from the specified reader or buffer.
         * @function decode
         * @memberof calls.KeysTold
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.KeysTold & calls.KeysTold.$Shape} KeysTold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        KeysTold.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.KeysTold();
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
                        if (!(message.keys && message.keys.length))
                            message.keys = [];
                        message.keys.push($root.calls.RingKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.refusal = value;
                        else
                            delete message.refusal;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.key = value;
                        else
                            delete message.key;
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

        return KeysTold;
    })();

    calls.RingKey = (function() {

        /**
         * Properties of a RingKey.
         * @typedef {Object} calls.RingKey.$Properties
         * @property {string|null} [fingerprint] RingKey fingerprint
         * @property {number|null} [serial] RingKey serial
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RingKey.
         * @memberof calls
         * @interface IRingKey
         * @augments calls.RingKey.$Properties
         * @deprecated Use calls.RingKey.$Properties instead.
         */

        /**
         * Shape of a RingKey.
         * @typedef {calls.RingKey.$Properties} calls.RingKey.$Shape
         */

        /**
         * Constructs a new RingKey.
         * @memberof calls
         * @classdesc Represents a RingKey.
         * @constructor
         * @param {calls.RingKey.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RingKey = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RingKey fingerprint.
         * @member {string} fingerprint
         * @memberof calls.RingKey
         * @instance
         */
        RingKey.prototype.fingerprint = "";

        /**
         * RingKey serial.
         * @member {number} serial
         * @memberof calls.RingKey
         * @instance
         */
        RingKey.prototype.serial = 0;

        /**
         * Encodes the specified RingKey message. Does not implicitly {@link calls.RingKey.verify|verify} messages.
         * @function encode
         * @memberof calls.RingKey
         * @static
         * @param {calls.RingKey.$Properties} message RingKey message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RingKey.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.fingerprint);
            if (message.serial != null && $Object.hasOwnProperty.call(message, "serial") && message.serial !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.serial);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RingKey message from the specified reader or buffer.
         * @function decode
         * @memberof calls.RingKey
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {calls.RingKey & calls.RingKey.$Shape} RingKey
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RingKey.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.calls.RingKey();
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
                            message.fingerprint = value;
                        else
                            delete message.fingerprint;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.serial = value;
                        else
                            delete message.serial;
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

        return RingKey;
    })();

    return calls;
})();

export {
  $root as default
};
