/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["swim"] || ($protobuf.roots["swim"] = {});

export const gossip = $root.gossip = (() => {

    /**
     * Namespace gossip.
     * @exports gossip
     * @namespace
     */
    const gossip = {};

    gossip.Packet = (function() {

        /**
         * Properties of a Packet.
         * @typedef {Object} gossip.Packet.$Properties
         * @property {number|null} [ping] Packet ping
         * @property {number|null} [ack] Packet ack
         * @property {number|null} [nack] Packet nack
         * @property {number|null} [pingReq] Packet pingReq
         * @property {Uint8Array|null} [target] Packet target
         * @property {number|null} [timeoutMs] Packet timeoutMs
         * @property {number|null} [digest] Packet digest
         * @property {Array.<gossip.Update.$Properties>|null} [updates] Packet updates
         * @property {"ping"|"ack"|"nack"|"pingReq"} [kind] Packet kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Packet.
         * @memberof gossip
         * @interface IPacket
         * @augments gossip.Packet.$Properties
         * @deprecated Use gossip.Packet.$Properties instead.
         */

        /**
         * Narrowed shape of a Packet.
         * @typedef {{
         *   ping?: number|null;
         *   ack?: number|null;
         *   nack?: number|null;
         *   pingReq?: number|null;
         *   target?: Uint8Array|null;
         *   timeoutMs?: number|null;
         *   digest?: number|null;
         *   updates?: Array.<gossip.Update.$Shape>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; ping?: null; ack?: null; nack?: null; pingReq?: null }|{ kind?: "ping"; ping: number; ack?: null; nack?: null; pingReq?: null }|{ kind?: "ack"; ping?: null; ack: number; nack?: null; pingReq?: null }|{ kind?: "nack"; ping?: null; ack?: null; nack: number; pingReq?: null }|{ kind?: "pingReq"; ping?: null; ack?: null; nack?: null; pingReq: number })
         * )} gossip.Packet.$Shape
         */

        /**
         * Constructs a new Packet.
         * @memberof gossip
         * @classdesc Represents a Packet.
         * @constructor
         * @param {gossip.Packet.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Packet = function (properties) {
            this.updates = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Packet ping.
         * @member {number|null|undefined} ping
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.ping = null;

        /**
         * Packet ack.
         * @member {number|null|undefined} ack
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.ack = null;

        /**
         * Packet nack.
         * @member {number|null|undefined} nack
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.nack = null;

        /**
         * Packet pingReq.
         * @member {number|null|undefined} pingReq
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.pingReq = null;

        /**
         * Packet target.
         * @member {Uint8Array} target
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.target = $util.newBuffer([]);

        /**
         * Packet timeoutMs.
         * @member {number} timeoutMs
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.timeoutMs = 0;

        /**
         * Packet digest.
         * @member {number} digest
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.digest = 0;

        /**
         * Packet updates.
         * @member {Array.<gossip.Update.$Properties>} updates
         * @memberof gossip.Packet
         * @instance
         */
        Packet.prototype.updates = $util.emptyArray;

        /**
         * Packet kind.
         * @member {"ping"|"ack"|"nack"|"pingReq"|undefined} kind
         * @memberof gossip.Packet
         * @instance
         */
        /**
         * Encodes the specified Packet message. Does not implicitly {@link gossip.Packet.verify|verify} messages.
         * @function encode
         * @memberof gossip.Packet
         * @static
         * @param {gossip.Packet.$Properties} message Packet message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Packet.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.ping != null && $Object.hasOwnProperty.call(message, "ping"))
                writer.uint32(/* id 1, wireType 5 =*/13).fixed32(message.ping);
            if (message.ack != null && $Object.hasOwnProperty.call(message, "ack"))
                writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.ack);
            if (message.nack != null && $Object.hasOwnProperty.call(message, "nack"))
                writer.uint32(/* id 3, wireType 5 =*/29).fixed32(message.nack);
            if (message.pingReq != null && $Object.hasOwnProperty.call(message, "pingReq"))
                writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.pingReq);
            if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.target);
            if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.timeoutMs);
            if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== 0)
                writer.uint32(/* id 7, wireType 5 =*/61).fixed32(message.digest);
            if (message.updates != null && message.updates.length)
                for (let i = 0; i < message.updates.length; ++i)
                    $root.gossip.Update.encode(message.updates[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Packet message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Packet
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Packet & gossip.Packet.$Shape} Packet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Packet.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Packet();
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
                        if (wireType !== 5)
                            break;
                        message.ping = reader.fixed32();
                        message.kind = "ping";
                        continue;
                    }
                case 2: {
                        if (wireType !== 5)
                            break;
                        message.ack = reader.fixed32();
                        message.kind = "ack";
                        continue;
                    }
                case 3: {
                        if (wireType !== 5)
                            break;
                        message.nack = reader.fixed32();
                        message.kind = "nack";
                        continue;
                    }
                case 4: {
                        if (wireType !== 5)
                            break;
                        message.pingReq = reader.fixed32();
                        message.kind = "pingReq";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.target = value;
                        else
                            delete message.target;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.timeoutMs = value;
                        else
                            delete message.timeoutMs;
                        continue;
                    }
                case 7: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.digest = value;
                        else
                            delete message.digest;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.updates && message.updates.length))
                            message.updates = [];
                        message.updates.push($root.gossip.Update.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Packet;
    })();

    gossip.Update = (function() {

        /**
         * Properties of an Update.
         * @typedef {Object} gossip.Update.$Properties
         * @property {Uint8Array|null} [alive] Update alive
         * @property {gossip.Verdict.$Properties|null} [suspect] Update suspect
         * @property {gossip.Verdict.$Properties|null} [dead] Update dead
         * @property {gossip.Verdict.$Properties|null} [left] Update left
         * @property {Uint8Array|null} [later] Update later
         * @property {number|null} [hops] Update hops
         * @property {"alive"|"suspect"|"dead"|"left"|"later"} [kind] Update kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Update.
         * @memberof gossip
         * @interface IUpdate
         * @augments gossip.Update.$Properties
         * @deprecated Use gossip.Update.$Properties instead.
         */

        /**
         * Narrowed shape of an Update.
         * @typedef {{
         *   alive?: Uint8Array|null;
         *   suspect?: gossip.Verdict.$Shape|null;
         *   dead?: gossip.Verdict.$Shape|null;
         *   left?: gossip.Verdict.$Shape|null;
         *   later?: Uint8Array|null;
         *   hops?: number|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; alive?: null; suspect?: null; dead?: null; left?: null; later?: null }|{ kind?: "alive"; alive: Uint8Array; suspect?: null; dead?: null; left?: null; later?: null }|{ kind?: "suspect"; alive?: null; suspect: gossip.Verdict.$Shape; dead?: null; left?: null; later?: null }|{ kind?: "dead"; alive?: null; suspect?: null; dead: gossip.Verdict.$Shape; left?: null; later?: null }|{ kind?: "left"; alive?: null; suspect?: null; dead?: null; left: gossip.Verdict.$Shape; later?: null }|{ kind?: "later"; alive?: null; suspect?: null; dead?: null; left?: null; later: Uint8Array })
         * )} gossip.Update.$Shape
         */

        /**
         * Constructs a new Update.
         * @memberof gossip
         * @classdesc Represents an Update.
         * @constructor
         * @param {gossip.Update.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Update = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Update alive.
         * @member {Uint8Array|null|undefined} alive
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.alive = null;

        /**
         * Update suspect.
         * @member {gossip.Verdict.$Properties|null|undefined} suspect
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.suspect = null;

        /**
         * Update dead.
         * @member {gossip.Verdict.$Properties|null|undefined} dead
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.dead = null;

        /**
         * Update left.
         * @member {gossip.Verdict.$Properties|null|undefined} left
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.left = null;

        /**
         * Update later.
         * @member {Uint8Array|null|undefined} later
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.later = null;

        /**
         * Update hops.
         * @member {number} hops
         * @memberof gossip.Update
         * @instance
         */
        Update.prototype.hops = 0;

        /**
         * Update kind.
         * @member {"alive"|"suspect"|"dead"|"left"|"later"|undefined} kind
         * @memberof gossip.Update
         * @instance
         */
        /**
         * Encodes the specified Update message. Does not implicitly {@link gossip.Update.verify|verify} messages.
         * @function encode
         * @memberof gossip.Update
         * @static
         * @param {gossip.Update.$Properties} message Update message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Update.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.alive != null && $Object.hasOwnProperty.call(message, "alive"))
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.alive);
            if (message.suspect != null && $Object.hasOwnProperty.call(message, "suspect"))
                $root.gossip.Verdict.encode(message.suspect, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.dead != null && $Object.hasOwnProperty.call(message, "dead"))
                $root.gossip.Verdict.encode(message.dead, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.gossip.Verdict.encode(message.left, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.later != null && $Object.hasOwnProperty.call(message, "later"))
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.later);
            if (message.hops != null && $Object.hasOwnProperty.call(message, "hops") && message.hops !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.hops);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Update message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Update
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Update & gossip.Update.$Shape} Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Update.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Update();
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
                        message.alive = reader.bytes();
                        message.kind = "alive";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.suspect = $root.gossip.Verdict.decode(reader, reader.size(), $undefined, _depth + 1, message.suspect);
                        message.kind = "suspect";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.dead = $root.gossip.Verdict.decode(reader, reader.size(), $undefined, _depth + 1, message.dead);
                        message.kind = "dead";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.gossip.Verdict.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        message.kind = "left";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.later = reader.bytes();
                        message.kind = "later";
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.hops = value;
                        else
                            delete message.hops;
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

        return Update;
    })();

    gossip.Verdict = (function() {

        /**
         * Properties of a Verdict.
         * @typedef {Object} gossip.Verdict.$Properties
         * @property {Uint8Array|null} [id] Verdict id
         * @property {number|null} [generation] Verdict generation
         * @property {number|null} [incarnation] Verdict incarnation
         * @property {Array.<gossip.Accuser.$Properties>|null} [accusers] Verdict accusers
         * @property {number|null} [ageMs] Verdict ageMs
         * @property {boolean|null} [prune] Verdict prune
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Verdict.
         * @memberof gossip
         * @interface IVerdict
         * @augments gossip.Verdict.$Properties
         * @deprecated Use gossip.Verdict.$Properties instead.
         */

        /**
         * Shape of a Verdict.
         * @typedef {gossip.Verdict.$Properties} gossip.Verdict.$Shape
         */

        /**
         * Constructs a new Verdict.
         * @memberof gossip
         * @classdesc Represents a Verdict.
         * @constructor
         * @param {gossip.Verdict.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Verdict = function (properties) {
            this.accusers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Verdict id.
         * @member {Uint8Array} id
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.id = $util.newBuffer([]);

        /**
         * Verdict generation.
         * @member {number|null|undefined} generation
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.generation = null;

        /**
         * Verdict incarnation.
         * @member {number} incarnation
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.incarnation = 0;

        /**
         * Verdict accusers.
         * @member {Array.<gossip.Accuser.$Properties>} accusers
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.accusers = $util.emptyArray;

        /**
         * Verdict ageMs.
         * @member {number|null|undefined} ageMs
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.ageMs = null;

        /**
         * Verdict prune.
         * @member {boolean} prune
         * @memberof gossip.Verdict
         * @instance
         */
        Verdict.prototype.prune = false;

        /**
         * Encodes the specified Verdict message. Does not implicitly {@link gossip.Verdict.verify|verify} messages.
         * @function encode
         * @memberof gossip.Verdict
         * @static
         * @param {gossip.Verdict.$Properties} message Verdict message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Verdict.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.generation);
            if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.incarnation);
            if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.ageMs);
            if (message.prune != null && $Object.hasOwnProperty.call(message, "prune") && message.prune !== false)
                writer.uint32(/* id 6, wireType 0 =*/48).bool(message.prune);
            if (message.accusers != null && message.accusers.length)
                for (let i = 0; i < message.accusers.length; ++i)
                    $root.gossip.Accuser.encode(message.accusers[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Verdict message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Verdict
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Verdict & gossip.Verdict.$Shape} Verdict
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Verdict.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Verdict();
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
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.generation = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.incarnation = value;
                        else
                            delete message.incarnation;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.accusers && message.accusers.length))
                            message.accusers = [];
                        message.accusers.push($root.gossip.Accuser.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.ageMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.prune = value;
                        else
                            delete message.prune;
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

        return Verdict;
    })();

    gossip.Accuser = (function() {

        /**
         * Properties of an Accuser.
         * @typedef {Object} gossip.Accuser.$Properties
         * @property {Uint8Array|null} [id] Accuser id
         * @property {number|null} [path] Accuser path
         * @property {number|null} [rttUs] Accuser rttUs
         * @property {number|null} [health] Accuser health
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Accuser.
         * @memberof gossip
         * @interface IAccuser
         * @augments gossip.Accuser.$Properties
         * @deprecated Use gossip.Accuser.$Properties instead.
         */

        /**
         * Shape of an Accuser.
         * @typedef {gossip.Accuser.$Properties} gossip.Accuser.$Shape
         */

        /**
         * Constructs a new Accuser.
         * @memberof gossip
         * @classdesc Represents an Accuser.
         * @constructor
         * @param {gossip.Accuser.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Accuser = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Accuser id.
         * @member {Uint8Array} id
         * @memberof gossip.Accuser
         * @instance
         */
        Accuser.prototype.id = $util.newBuffer([]);

        /**
         * Accuser path.
         * @member {number} path
         * @memberof gossip.Accuser
         * @instance
         */
        Accuser.prototype.path = 0;

        /**
         * Accuser rttUs.
         * @member {number} rttUs
         * @memberof gossip.Accuser
         * @instance
         */
        Accuser.prototype.rttUs = 0;

        /**
         * Accuser health.
         * @member {number} health
         * @memberof gossip.Accuser
         * @instance
         */
        Accuser.prototype.health = 0;

        /**
         * Encodes the specified Accuser message. Does not implicitly {@link gossip.Accuser.verify|verify} messages.
         * @function encode
         * @memberof gossip.Accuser
         * @static
         * @param {gossip.Accuser.$Properties} message Accuser message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Accuser.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.path);
            if (message.rttUs != null && $Object.hasOwnProperty.call(message, "rttUs") && message.rttUs !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.rttUs);
            if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.health);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Accuser message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Accuser
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Accuser & gossip.Accuser.$Shape} Accuser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Accuser.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Accuser();
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
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.path = value;
                        else
                            delete message.path;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.rttUs = value;
                        else
                            delete message.rttUs;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.health = value;
                        else
                            delete message.health;
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

        return Accuser;
    })();

    gossip.Record = (function() {

        /**
         * Properties of a Record.
         * @typedef {Object} gossip.Record.$Properties
         * @property {Uint8Array|null} [id] Record id
         * @property {string|null} [name] Record name
         * @property {string|null} [addr] Record addr
         * @property {number|null} [generation] Record generation
         * @property {number|null} [incarnation] Record incarnation
         * @property {Array.<string>|null} [tags] Record tags
         * @property {string|null} [zone] Record zone
         * @property {string|null} [version] Record version
         * @property {number|null} [protocolMin] Record protocolMin
         * @property {number|null} [protocolMax] Record protocolMax
         * @property {number|null} [health] Record health
         * @property {number|null} [restartingForMs] Record restartingForMs
         * @property {Uint8Array|null} [clusterId] Record clusterId
         * @property {Uint8Array|null} [replicaId] Record replicaId
         * @property {number|null} [raftRole] Record raftRole
         * @property {number|null} [voterWish] Record voterWish
         * @property {boolean|null} [logFull] Record logFull
         * @property {number|null} [expects] Record expects
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Record.
         * @memberof gossip
         * @interface IRecord
         * @augments gossip.Record.$Properties
         * @deprecated Use gossip.Record.$Properties instead.
         */

        /**
         * Shape of a Record.
         * @typedef {gossip.Record.$Properties} gossip.Record.$Shape
         */

        /**
         * Constructs a new Record.
         * @memberof gossip
         * @classdesc Represents a Record.
         * @constructor
         * @param {gossip.Record.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Record = function (properties) {
            this.tags = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Record id.
         * @member {Uint8Array} id
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.id = $util.newBuffer([]);

        /**
         * Record name.
         * @member {string} name
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.name = "";

        /**
         * Record addr.
         * @member {string} addr
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.addr = "";

        /**
         * Record generation.
         * @member {number|null|undefined} generation
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.generation = null;

        /**
         * Record incarnation.
         * @member {number} incarnation
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.incarnation = 0;

        /**
         * Record tags.
         * @member {Array.<string>} tags
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.tags = $util.emptyArray;

        /**
         * Record zone.
         * @member {string} zone
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.zone = "";

        /**
         * Record version.
         * @member {string} version
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.version = "";

        /**
         * Record protocolMin.
         * @member {number} protocolMin
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.protocolMin = 0;

        /**
         * Record protocolMax.
         * @member {number} protocolMax
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.protocolMax = 0;

        /**
         * Record health.
         * @member {number} health
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.health = 0;

        /**
         * Record restartingForMs.
         * @member {number} restartingForMs
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.restartingForMs = 0;

        /**
         * Record clusterId.
         * @member {Uint8Array} clusterId
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.clusterId = $util.newBuffer([]);

        /**
         * Record replicaId.
         * @member {Uint8Array} replicaId
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.replicaId = $util.newBuffer([]);

        /**
         * Record raftRole.
         * @member {number} raftRole
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.raftRole = 0;

        /**
         * Record voterWish.
         * @member {number} voterWish
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.voterWish = 0;

        /**
         * Record logFull.
         * @member {boolean} logFull
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.logFull = false;

        /**
         * Record expects.
         * @member {number} expects
         * @memberof gossip.Record
         * @instance
         */
        Record.prototype.expects = 0;

        /**
         * Encodes the specified Record message. Does not implicitly {@link gossip.Record.verify|verify} messages.
         * @function encode
         * @memberof gossip.Record
         * @static
         * @param {gossip.Record.$Properties} message Record message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Record.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.addr != null && $Object.hasOwnProperty.call(message, "addr") && message.addr !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.addr);
            if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.generation);
            if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.incarnation);
            if (message.tags != null && message.tags.length)
                for (let i = 0; i < message.tags.length; ++i)
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.tags[i]);
            if (message.zone != null && $Object.hasOwnProperty.call(message, "zone") && message.zone !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.zone);
            if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.version);
            if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin") && message.protocolMin !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.protocolMin);
            if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax") && message.protocolMax !== 0)
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.protocolMax);
            if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== 0)
                writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.health);
            if (message.restartingForMs != null && $Object.hasOwnProperty.call(message, "restartingForMs") && message.restartingForMs !== 0)
                writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.restartingForMs);
            if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId.length)
                writer.uint32(/* id 13, wireType 2 =*/106).bytes(message.clusterId);
            if (message.replicaId != null && $Object.hasOwnProperty.call(message, "replicaId") && message.replicaId.length)
                writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.replicaId);
            if (message.raftRole != null && $Object.hasOwnProperty.call(message, "raftRole") && message.raftRole !== 0)
                writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.raftRole);
            if (message.voterWish != null && $Object.hasOwnProperty.call(message, "voterWish") && message.voterWish !== 0)
                writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.voterWish);
            if (message.logFull != null && $Object.hasOwnProperty.call(message, "logFull") && message.logFull !== false)
                writer.uint32(/* id 19, wireType 0 =*/152).bool(message.logFull);
            if (message.expects != null && $Object.hasOwnProperty.call(message, "expects") && message.expects !== 0)
                writer.uint32(/* id 20, wireType 0 =*/160).uint32(message.expects);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Record message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Record
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Record & gossip.Record.$Shape} Record
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Record.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Record();
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
                            message.id = value;
                        else
                            delete message.id;
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
                        message.generation = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.incarnation = value;
                        else
                            delete message.incarnation;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tags && message.tags.length))
                            message.tags = [];
                        message.tags.push(reader.stringVerify());
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.zone = value;
                        else
                            delete message.zone;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.version = value;
                        else
                            delete message.version;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.protocolMin = value;
                        else
                            delete message.protocolMin;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.protocolMax = value;
                        else
                            delete message.protocolMax;
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.health = value;
                        else
                            delete message.health;
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.restartingForMs = value;
                        else
                            delete message.restartingForMs;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.clusterId = value;
                        else
                            delete message.clusterId;
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.replicaId = value;
                        else
                            delete message.replicaId;
                        continue;
                    }
                case 15: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.raftRole = value;
                        else
                            delete message.raftRole;
                        continue;
                    }
                case 16: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.voterWish = value;
                        else
                            delete message.voterWish;
                        continue;
                    }
                case 19: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.logFull = value;
                        else
                            delete message.logFull;
                        continue;
                    }
                case 20: {
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

        return Record;
    })();

    gossip.Request = (function() {

        /**
         * Properties of a Request.
         * @typedef {Object} gossip.Request.$Properties
         * @property {Uint8Array|null} [from] Request from
         * @property {Uint8Array|null} [ping] Request ping
         * @property {Uint8Array|null} [join] Request join
         * @property {gossip.Digest.$Properties|null} [digest] Request digest
         * @property {gossip.Rows.$Properties|null} [rows] Request rows
         * @property {"ping"|"join"|"digest"|"rows"} [kind] Request kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Request.
         * @memberof gossip
         * @interface IRequest
         * @augments gossip.Request.$Properties
         * @deprecated Use gossip.Request.$Properties instead.
         */

        /**
         * Narrowed shape of a Request.
         * @typedef {{
         *   from?: Uint8Array|null;
         *   ping?: Uint8Array|null;
         *   join?: Uint8Array|null;
         *   digest?: gossip.Digest.$Shape|null;
         *   rows?: gossip.Rows.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; ping?: null; join?: null; digest?: null; rows?: null }|{ kind?: "ping"; ping: Uint8Array; join?: null; digest?: null; rows?: null }|{ kind?: "join"; ping?: null; join: Uint8Array; digest?: null; rows?: null }|{ kind?: "digest"; ping?: null; join?: null; digest: gossip.Digest.$Shape; rows?: null }|{ kind?: "rows"; ping?: null; join?: null; digest?: null; rows: gossip.Rows.$Shape })
         * )} gossip.Request.$Shape
         */

        /**
         * Constructs a new Request.
         * @memberof gossip
         * @classdesc Represents a Request.
         * @constructor
         * @param {gossip.Request.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Request = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Request from.
         * @member {Uint8Array} from
         * @memberof gossip.Request
         * @instance
         */
        Request.prototype.from = $util.newBuffer([]);

        /**
         * Request ping.
         * @member {Uint8Array|null|undefined} ping
         * @memberof gossip.Request
         * @instance
         */
        Request.prototype.ping = null;

        /**
         * Request join.
         * @member {Uint8Array|null|undefined} join
         * @memberof gossip.Request
         * @instance
         */
        Request.prototype.join = null;

        /**
         * Request digest.
         * @member {gossip.Digest.$Properties|null|undefined} digest
         * @memberof gossip.Request
         * @instance
         */
        Request.prototype.digest = null;

        /**
         * Request rows.
         * @member {gossip.Rows.$Properties|null|undefined} rows
         * @memberof gossip.Request
         * @instance
         */
        Request.prototype.rows = null;

        /**
         * Request kind.
         * @member {"ping"|"join"|"digest"|"rows"|undefined} kind
         * @memberof gossip.Request
         * @instance
         */
        /**
         * Encodes the specified Request message. Does not implicitly {@link gossip.Request.verify|verify} messages.
         * @function encode
         * @memberof gossip.Request
         * @static
         * @param {gossip.Request.$Properties} message Request message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Request.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.from);
            if (message.ping != null && $Object.hasOwnProperty.call(message, "ping"))
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ping);
            if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.join);
            if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                $root.gossip.Digest.encode(message.digest, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                $root.gossip.Rows.encode(message.rows, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Request
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Request & gossip.Request.$Shape} Request
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Request.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Request();
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
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.ping = reader.bytes();
                        message.kind = "ping";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.join = reader.bytes();
                        message.kind = "join";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.digest = $root.gossip.Digest.decode(reader, reader.size(), $undefined, _depth + 1, message.digest);
                        message.kind = "digest";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.rows = $root.gossip.Rows.decode(reader, reader.size(), $undefined, _depth + 1, message.rows);
                        message.kind = "rows";
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

        return Request;
    })();

    gossip.Reply = (function() {

        /**
         * Properties of a Reply.
         * @typedef {Object} gossip.Reply.$Properties
         * @property {Uint8Array|null} [from] Reply from
         * @property {number|null} [pong] Reply pong
         * @property {boolean|null} [wrongTarget] Reply wrongTarget
         * @property {gossip.Rows.$Properties|null} [rows] Reply rows
         * @property {Uint8Array|null} [nameTaken] Reply nameTaken
         * @property {string|null} [refused] Reply refused
         * @property {"pong"|"wrongTarget"|"rows"|"nameTaken"|"refused"} [kind] Reply kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Reply.
         * @memberof gossip
         * @interface IReply
         * @augments gossip.Reply.$Properties
         * @deprecated Use gossip.Reply.$Properties instead.
         */

        /**
         * Narrowed shape of a Reply.
         * @typedef {{
         *   from?: Uint8Array|null;
         *   pong?: number|null;
         *   wrongTarget?: boolean|null;
         *   rows?: gossip.Rows.$Shape|null;
         *   nameTaken?: Uint8Array|null;
         *   refused?: string|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; pong?: null; wrongTarget?: null; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "pong"; pong: number; wrongTarget?: null; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "wrongTarget"; pong?: null; wrongTarget: boolean; rows?: null; nameTaken?: null; refused?: null }|{ kind?: "rows"; pong?: null; wrongTarget?: null; rows: gossip.Rows.$Shape; nameTaken?: null; refused?: null }|{ kind?: "nameTaken"; pong?: null; wrongTarget?: null; rows?: null; nameTaken: Uint8Array; refused?: null }|{ kind?: "refused"; pong?: null; wrongTarget?: null; rows?: null; nameTaken?: null; refused: string })
         * )} gossip.Reply.$Shape
         */

        /**
         * Constructs a new Reply.
         * @memberof gossip
         * @classdesc Represents a Reply.
         * @constructor
         * @param {gossip.Reply.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Reply = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Reply from.
         * @member {Uint8Array} from
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.from = $util.newBuffer([]);

        /**
         * Reply pong.
         * @member {number|null|undefined} pong
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.pong = null;

        /**
         * Reply wrongTarget.
         * @member {boolean|null|undefined} wrongTarget
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.wrongTarget = null;

        /**
         * Reply rows.
         * @member {gossip.Rows.$Properties|null|undefined} rows
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.rows = null;

        /**
         * Reply nameTaken.
         * @member {Uint8Array|null|undefined} nameTaken
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.nameTaken = null;

        /**
         * Reply refused.
         * @member {string|null|undefined} refused
         * @memberof gossip.Reply
         * @instance
         */
        Reply.prototype.refused = null;

        /**
         * Reply kind.
         * @member {"pong"|"wrongTarget"|"rows"|"nameTaken"|"refused"|undefined} kind
         * @memberof gossip.Reply
         * @instance
         */
        /**
         * Encodes the specified Reply message. Does not implicitly {@link gossip.Reply.verify|verify} messages.
         * @function encode
         * @memberof gossip.Reply
         * @static
         * @param {gossip.Reply.$Properties} message Reply message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Reply.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.from);
            if (message.pong != null && $Object.hasOwnProperty.call(message, "pong"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pong);
            if (message.wrongTarget != null && $Object.hasOwnProperty.call(message, "wrongTarget"))
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.wrongTarget);
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                $root.gossip.Rows.encode(message.rows, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.nameTaken != null && $Object.hasOwnProperty.call(message, "nameTaken"))
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.nameTaken);
            if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.refused);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Reply message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Reply
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Reply & gossip.Reply.$Shape} Reply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Reply.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Reply();
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
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.pong = reader.uint32();
                        message.kind = "pong";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.wrongTarget = reader.bool();
                        message.kind = "wrongTarget";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.rows = $root.gossip.Rows.decode(reader, reader.size(), $undefined, _depth + 1, message.rows);
                        message.kind = "rows";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.nameTaken = reader.bytes();
                        message.kind = "nameTaken";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.refused = reader.stringVerify();
                        message.kind = "refused";
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

        return Reply;
    })();

    gossip.Digest = (function() {

        /**
         * Properties of a Digest.
         * @typedef {Object} gossip.Digest.$Properties
         * @property {Uint8Array|null} [buckets] Digest buckets
         * @property {Uint8Array|null} [settled] Digest settled
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Digest.
         * @memberof gossip
         * @interface IDigest
         * @augments gossip.Digest.$Properties
         * @deprecated Use gossip.Digest.$Properties instead.
         */

        /**
         * Shape of a Digest.
         * @typedef {gossip.Digest.$Properties} gossip.Digest.$Shape
         */

        /**
         * Constructs a new Digest.
         * @memberof gossip
         * @classdesc Represents a Digest.
         * @constructor
         * @param {gossip.Digest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Digest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Digest buckets.
         * @member {Uint8Array} buckets
         * @memberof gossip.Digest
         * @instance
         */
        Digest.prototype.buckets = $util.newBuffer([]);

        /**
         * Digest settled.
         * @member {Uint8Array} settled
         * @memberof gossip.Digest
         * @instance
         */
        Digest.prototype.settled = $util.newBuffer([]);

        /**
         * Encodes the specified Digest message. Does not implicitly {@link gossip.Digest.verify|verify} messages.
         * @function encode
         * @memberof gossip.Digest
         * @static
         * @param {gossip.Digest.$Properties} message Digest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Digest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.buckets != null && $Object.hasOwnProperty.call(message, "buckets") && message.buckets.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.buckets);
            if (message.settled != null && $Object.hasOwnProperty.call(message, "settled") && message.settled.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.settled);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Digest message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Digest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Digest & gossip.Digest.$Shape} Digest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Digest.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Digest();
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
                            message.buckets = value;
                        else
                            delete message.buckets;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.settled = value;
                        else
                            delete message.settled;
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

        return Digest;
    })();

    gossip.Rows = (function() {

        /**
         * Properties of a Rows.
         * @typedef {Object} gossip.Rows.$Properties
         * @property {Array.<gossip.Update.$Properties>|null} [updates] Rows updates
         * @property {Uint8Array|null} [wanted] Rows wanted
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Rows.
         * @memberof gossip
         * @interface IRows
         * @augments gossip.Rows.$Properties
         * @deprecated Use gossip.Rows.$Properties instead.
         */

        /**
         * Shape of a Rows.
         * @typedef {{
         *   updates?: Array.<gossip.Update.$Shape>|null;
         *   wanted?: Uint8Array|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} gossip.Rows.$Shape
         */

        /**
         * Constructs a new Rows.
         * @memberof gossip
         * @classdesc Represents a Rows.
         * @constructor
         * @param {gossip.Rows.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Rows = function (properties) {
            this.updates = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Rows updates.
         * @member {Array.<gossip.Update.$Properties>} updates
         * @memberof gossip.Rows
         * @instance
         */
        Rows.prototype.updates = $util.emptyArray;

        /**
         * Rows wanted.
         * @member {Uint8Array} wanted
         * @memberof gossip.Rows
         * @instance
         */
        Rows.prototype.wanted = $util.newBuffer([]);

        /**
         * Encodes the specified Rows message. Does not implicitly {@link gossip.Rows.verify|verify} messages.
         * @function encode
         * @memberof gossip.Rows
         * @static
         * @param {gossip.Rows.$Properties} message Rows message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Rows.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.wanted != null && $Object.hasOwnProperty.call(message, "wanted") && message.wanted.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.wanted);
            if (message.updates != null && message.updates.length)
                for (let i = 0; i < message.updates.length; ++i)
                    $root.gossip.Update.encode(message.updates[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Rows message from the specified reader or buffer.
         * @function decode
         * @memberof gossip.Rows
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {gossip.Rows & gossip.Rows.$Shape} Rows
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Rows.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.gossip.Rows();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.updates && message.updates.length))
                            message.updates = [];
                        message.updates.push($root.gossip.Update.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.wanted = value;
                        else
                            delete message.wanted;
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

        return Rows;
    })();

    return gossip;
})();

export {
  $root as default
};
