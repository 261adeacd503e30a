/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["consensus"] || ($protobuf.roots["consensus"] = {});

export const raft = $root.raft = (() => {

    /**
     * Namespace raft.
     * @exports raft
     * @namespace
     */
    const raft = {};

    raft.Message = (function() {

        /**
         * Properties of a Message.
         * @typedef {Object} raft.Message.$Properties
         * @property {string|null} [from] Message from
         * @property {string|null} [to] Message to
         * @property {number|null} [term] Message term
         * @property {raft.Append.$Properties|null} [append] Message append
         * @property {raft.Appended.$Properties|null} [appended] Message appended
         * @property {raft.AppendRejected.$Properties|null} [appendRejected] Message appendRejected
         * @property {raft.Heartbeat.$Properties|null} [heartbeat] Message heartbeat
         * @property {raft.HeartbeatReply.$Properties|null} [heartbeatReply] Message heartbeatReply
         * @property {raft.Ballot.$Properties|null} [preVote] Message preVote
         * @property {raft.Answer.$Properties|null} [preVoteReply] Message preVoteReply
         * @property {raft.Ballot.$Properties|null} [vote] Message vote
         * @property {raft.Answer.$Properties|null} [voteReply] Message voteReply
         * @property {raft.Nothing.$Properties|null} [timeoutNow] Message timeoutNow
         * @property {raft.ReadIndex.$Properties|null} [readIndex] Message readIndex
         * @property {raft.ReadIndexReply.$Properties|null} [readIndexReply] Message readIndexReply
         * @property {raft.Removed.$Properties|null} [removed] Message removed
         * @property {raft.Members.$Properties|null} [members] Message members
         * @property {"append"|"appended"|"appendRejected"|"heartbeat"|"heartbeatReply"|"preVote"|"preVoteReply"|"vote"|"voteReply"|"timeoutNow"|"readIndex"|"readIndexReply"|"removed"|"members"} [kind] Message kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Message.
         * @memberof raft
         * @interface IMessage
         * @augments raft.Message.$Properties
         * @deprecated Use raft.Message.$Properties instead.
         */

        /**
         * Narrowed shape of a Message.
         * @typedef {{
         *   from?: string|null;
         *   to?: string|null;
         *   term?: number|null;
         *   append?: raft.Append.$Shape|null;
         *   appended?: raft.Appended.$Shape|null;
         *   appendRejected?: raft.AppendRejected.$Shape|null;
         *   heartbeat?: raft.Heartbeat.$Shape|null;
         *   heartbeatReply?: raft.HeartbeatReply.$Shape|null;
         *   preVote?: raft.Ballot.$Shape|null;
         *   preVoteReply?: raft.Answer.$Shape|null;
         *   vote?: raft.Ballot.$Shape|null;
         *   voteReply?: raft.Answer.$Shape|null;
         *   timeoutNow?: raft.Nothing.$Shape|null;
         *   readIndex?: raft.ReadIndex.$Shape|null;
         *   readIndexReply?: raft.ReadIndexReply.$Shape|null;
         *   removed?: raft.Removed.$Shape|null;
         *   members?: raft.Members.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "append"; append: raft.Append.$Shape; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "appended"; append?: null; appended: raft.Appended.$Shape; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "appendRejected"; append?: null; appended?: null; appendRejected: raft.AppendRejected.$Shape; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "heartbeat"; append?: null; appended?: null; appendRejected?: null; heartbeat: raft.Heartbeat.$Shape; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "heartbeatReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply: raft.HeartbeatReply.$Shape; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "preVote"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote: raft.Ballot.$Shape; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "preVoteReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply: raft.Answer.$Shape; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "vote"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote: raft.Ballot.$Shape; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "voteReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply: raft.Answer.$Shape; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "timeoutNow"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow: raft.Nothing.$Shape; readIndex?: null; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "readIndex"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex: raft.ReadIndex.$Shape; readIndexReply?: null; removed?: null; members?: null }|{ kind?: "readIndexReply"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply: raft.ReadIndexReply.$Shape; removed?: null; members?: null }|{ kind?: "removed"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed: raft.Removed.$Shape; members?: null }|{ kind?: "members"; append?: null; appended?: null; appendRejected?: null; heartbeat?: null; heartbeatReply?: null; preVote?: null; preVoteReply?: null; vote?: null; voteReply?: null; timeoutNow?: null; readIndex?: null; readIndexReply?: null; removed?: null; members: raft.Members.$Shape })
         * )} raft.Message.$Shape
         */

        /**
         * Constructs a new Message.
         * @memberof raft
         * @classdesc Represents a Message.
         * @constructor
         * @param {raft.Message.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Message = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Message from.
         * @member {string} from
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.from = "";

        /**
         * Message to.
         * @member {string} to
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.to = "";

        /**
         * Message term.
         * @member {number|null|undefined} term
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.term = null;

        /**
         * Message append.
         * @member {raft.Append.$Properties|null|undefined} append
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.append = null;

        /**
         * Message appended.
         * @member {raft.Appended.$Properties|null|undefined} appended
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.appended = null;

        /**
         * Message appendRejected.
         * @member {raft.AppendRejected.$Properties|null|undefined} appendRejected
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.appendRejected = null;

        /**
         * Message heartbeat.
         * @member {raft.Heartbeat.$Properties|null|undefined} heartbeat
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.heartbeat = null;

        /**
         * Message heartbeatReply.
         * @member {raft.HeartbeatReply.$Properties|null|undefined} heartbeatReply
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.heartbeatReply = null;

        /**
         * Message preVote.
         * @member {raft.Ballot.$Properties|null|undefined} preVote
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.preVote = null;

        /**
         * Message preVoteReply.
         * @member {raft.Answer.$Properties|null|undefined} preVoteReply
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.preVoteReply = null;

        /**
         * Message vote.
         * @member {raft.Ballot.$Properties|null|undefined} vote
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.vote = null;

        /**
         * Message voteReply.
         * @member {raft.Answer.$Properties|null|undefined} voteReply
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.voteReply = null;

        /**
         * Message timeoutNow.
         * @member {raft.Nothing.$Properties|null|undefined} timeoutNow
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.timeoutNow = null;

        /**
         * Message readIndex.
         * @member {raft.ReadIndex.$Properties|null|undefined} readIndex
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.readIndex = null;

        /**
         * Message readIndexReply.
         * @member {raft.ReadIndexReply.$Properties|null|undefined} readIndexReply
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.readIndexReply = null;

        /**
         * Message removed.
         * @member {raft.Removed.$Properties|null|undefined} removed
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.removed = null;

        /**
         * Message members.
         * @member {raft.Members.$Properties|null|undefined} members
         * @memberof raft.Message
         * @instance
         */
        Message.prototype.members = null;

        /**
         * Message kind.
         * @member {"append"|"appended"|"appendRejected"|"heartbeat"|"heartbeatReply"|"preVote"|"preVoteReply"|"vote"|"voteReply"|"timeoutNow"|"readIndex"|"readIndexReply"|"removed"|"members"|undefined} kind
         * @memberof raft.Message
         * @instance
         */
        /**
         * Encodes the specified Message message. Does not implicitly {@link raft.Message.verify|verify} messages.
         * @function encode
         * @memberof raft.Message
         * @static
         * @param {raft.Message.$Properties} message Message message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Message.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.from);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.to);
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.term);
            if (message.append != null && $Object.hasOwnProperty.call(message, "append"))
                $root.raft.Append.encode(message.append, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
            if (message.appended != null && $Object.hasOwnProperty.call(message, "appended"))
                $root.raft.Appended.encode(message.appended, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
            if (message.appendRejected != null && $Object.hasOwnProperty.call(message, "appendRejected"))
                $root.raft.AppendRejected.encode(message.appendRejected, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
            if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                $root.raft.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
            if (message.heartbeatReply != null && $Object.hasOwnProperty.call(message, "heartbeatReply"))
                $root.raft.HeartbeatReply.encode(message.heartbeatReply, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
            if (message.preVote != null && $Object.hasOwnProperty.call(message, "preVote"))
                $root.raft.Ballot.encode(message.preVote, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
            if (message.preVoteReply != null && $Object.hasOwnProperty.call(message, "preVoteReply"))
                $root.raft.Answer.encode(message.preVoteReply, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.vote != null && $Object.hasOwnProperty.call(message, "vote"))
                $root.raft.Ballot.encode(message.vote, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
            if (message.voteReply != null && $Object.hasOwnProperty.call(message, "voteReply"))
                $root.raft.Answer.encode(message.voteReply, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
            if (message.timeoutNow != null && $Object.hasOwnProperty.call(message, "timeoutNow"))
                $root.raft.Nothing.encode(message.timeoutNow, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
            if (message.readIndex != null && $Object.hasOwnProperty.call(message, "readIndex"))
                $root.raft.ReadIndex.encode(message.readIndex, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
            if (message.readIndexReply != null && $Object.hasOwnProperty.call(message, "readIndexReply"))
                $root.raft.ReadIndexReply.encode(message.readIndexReply, writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
            if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                $root.raft.Removed.encode(message.removed, writer.uint32(/* id 28, wireType 2 =*/226).fork(), _depth + 1).ldelim();
            if (message.members != null && $Object.hasOwnProperty.call(message, "members"))
                $root.raft.Members.encode(message.members, writer.uint32(/* id 29, wireType 2 =*/234).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Message
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Message & raft.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Message.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Message();
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
                            message.from = value;
                        else
                            delete message.from;
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
                        if (wireType !== 0)
                            break;
                        message.term = reader.uint64();
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.append = $root.raft.Append.decode(reader, reader.size(), $undefined, _depth + 1, message.append);
                        message.kind = "append";
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.appended = $root.raft.Appended.decode(reader, reader.size(), $undefined, _depth + 1, message.appended);
                        message.kind = "appended";
                        continue;
                    }
                case 18: {
                        if (wireType !== 2)
                            break;
                        message.appendRejected = $root.raft.AppendRejected.decode(reader, reader.size(), $undefined, _depth + 1, message.appendRejected);
                        message.kind = "appendRejected";
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.heartbeat = $root.raft.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                        message.kind = "heartbeat";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.heartbeatReply = $root.raft.HeartbeatReply.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeatReply);
                        message.kind = "heartbeatReply";
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.preVote = $root.raft.Ballot.decode(reader, reader.size(), $undefined, _depth + 1, message.preVote);
                        message.kind = "preVote";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.preVoteReply = $root.raft.Answer.decode(reader, reader.size(), $undefined, _depth + 1, message.preVoteReply);
                        message.kind = "preVoteReply";
                        continue;
                    }
                case 23: {
                        if (wireType !== 2)
                            break;
                        message.vote = $root.raft.Ballot.decode(reader, reader.size(), $undefined, _depth + 1, message.vote);
                        message.kind = "vote";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.voteReply = $root.raft.Answer.decode(reader, reader.size(), $undefined, _depth + 1, message.voteReply);
                        message.kind = "voteReply";
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.timeoutNow = $root.raft.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.timeoutNow);
                        message.kind = "timeoutNow";
                        continue;
                    }
                case 26: {
                        if (wireType !== 2)
                            break;
                        message.readIndex = $root.raft.ReadIndex.decode(reader, reader.size(), $undefined, _depth + 1, message.readIndex);
                        message.kind = "readIndex";
                        continue;
                    }
                case 27: {
                        if (wireType !== 2)
                            break;
                        message.readIndexReply = $root.raft.ReadIndexReply.decode(reader, reader.size(), $undefined, _depth + 1, message.readIndexReply);
                        message.kind = "readIndexReply";
                        continue;
                    }
                case 28: {
                        if (wireType !== 2)
                            break;
                        message.removed = $root.raft.Removed.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
                        message.kind = "removed";
                        continue;
                    }
                case 29: {
                        if (wireType !== 2)
                            break;
                        message.members = $root.raft.Members.decode(reader, reader.size(), $undefined, _depth + 1, message.members);
                        message.kind = "members";
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

        return Message;
    })();

    raft.Nothing = (function() {

        /**
         * Properties of a Nothing.
         * @typedef {Object} raft.Nothing.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Nothing.
         * @memberof raft
         * @interface INothing
         * @augments raft.Nothing.$Properties
         * @deprecated Use raft.Nothing.$Properties instead.
         */

        /**
         * Shape of a Nothing.
         * @typedef {raft.Nothing.$Properties} raft.Nothing.$Shape
         */

        /**
         * Constructs a new Nothing.
         * @memberof raft
         * @classdesc Represents a Nothing.
         * @constructor
         * @param {raft.Nothing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Nothing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link raft.Nothing.verify|verify} messages.
         * @function encode
         * @memberof raft.Nothing
         * @static
         * @param {raft.Nothing.$Properties} message Nothing message or plain object to encode
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
         * @memberof raft.Nothing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Nothing & raft.Nothing.$Shape} Nothing
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
            message = _target || new $root.raft.Nothing();
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

    raft.Position = (function() {

        /**
         * Properties of a Position.
         * @typedef {Object} raft.Position.$Properties
         * @property {number|null} [index] Position index
         * @property {number|null} [term] Position term
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Position.
         * @memberof raft
         * @interface IPosition
         * @augments raft.Position.$Properties
         * @deprecated Use raft.Position.$Properties instead.
         */

        /**
         * Shape of a Position.
         * @typedef {raft.Position.$Properties} raft.Position.$Shape
         */

        /**
         * Constructs a new Position.
         * @memberof raft
         * @classdesc Represents a Position.
         * @constructor
         * @param {raft.Position.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Position = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Position index.
         * @member {number|null|undefined} index
         * @memberof raft.Position
         * @instance
         */
        Position.prototype.index = null;

        /**
         * Position term.
         * @member {number|null|undefined} term
         * @memberof raft.Position
         * @instance
         */
        Position.prototype.term = null;

        /**
         * Encodes the specified Position message. Does not implicitly {@link raft.Position.verify|verify} messages.
         * @function encode
         * @memberof raft.Position
         * @static
         * @param {raft.Position.$Properties} message Position message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Position.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.index);
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.term);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Position message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Position
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Position & raft.Position.$Shape} Position
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Position.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Position();
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
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.term = reader.uint64();
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

        return Position;
    })();

    raft.Append = (function() {

        /**
         * Properties of an Append.
         * @typedef {Object} raft.Append.$Properties
         * @property {raft.Position.$Properties|null} [prev] Append prev
         * @property {number|null} [commit] Append commit
         * @property {boolean|null} [quiet] Append quiet
         * @property {Array.<raft.Entry.$Properties>|null} [entries] Append entries
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Append.
         * @memberof raft
         * @interface IAppend
         * @augments raft.Append.$Properties
         * @deprecated Use raft.Append.$Properties instead.
         */

        /**
         * Shape of an Append.
         * @typedef {raft.Append.$Properties} raft.Append.$Shape
         */

        /**
         * Constructs a new Append.
         * @memberof raft
         * @classdesc Represents an Append.
         * @constructor
         * @param {raft.Append.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Append = function (properties) {
            this.entries = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Append prev.
         * @member {raft.Position.$Properties|null|undefined} prev
         * @memberof raft.Append
         * @instance
         */
        Append.prototype.prev = null;

        /**
         * Append commit.
         * @member {number|null|undefined} commit
         * @memberof raft.Append
         * @instance
         */
        Append.prototype.commit = null;

        /**
         * Append quiet.
         * @member {boolean} quiet
         * @memberof raft.Append
         * @instance
         */
        Append.prototype.quiet = false;

        /**
         * Append entries.
         * @member {Array.<raft.Entry.$Properties>} entries
         * @memberof raft.Append
         * @instance
         */
        Append.prototype.entries = $util.emptyArray;

        /**
         * Encodes the specified Append message. Does not implicitly {@link raft.Append.verify|verify} messages.
         * @function encode
         * @memberof raft.Append
         * @static
         * @param {raft.Append.$Properties} message Append message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Append.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.prev != null && $Object.hasOwnProperty.call(message, "prev"))
                $root.raft.Position.encode(message.prev, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.commit);
            if (message.quiet != null && $Object.hasOwnProperty.call(message, "quiet") && message.quiet !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.quiet);
            if (message.entries != null && message.entries.length)
                for (let i = 0; i < message.entries.length; ++i)
                    $root.raft.Entry.encode(message.entries[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Append message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Append
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Append & raft.Append.$Shape} Append
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Append.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Append();
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
                        message.prev = $root.raft.Position.decode(reader, reader.size(), $undefined, _depth + 1, message.prev);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.commit = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.quiet = value;
                        else
                            delete message.quiet;
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.entries && message.entries.length))
                            message.entries = [];
                        message.entries.push($root.raft.Entry.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Append;
    })();

    raft.Appended = (function() {

        /**
         * Properties of an Appended.
         * @typedef {Object} raft.Appended.$Properties
         * @property {number|null} [match] Appended match
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Appended.
         * @memberof raft
         * @interface IAppended
         * @augments raft.Appended.$Properties
         * @deprecated Use raft.Appended.$Properties instead.
         */

        /**
         * Shape of an Appended.
         * @typedef {raft.Appended.$Properties} raft.Appended.$Shape
         */

        /**
         * Constructs a new Appended.
         * @memberof raft
         * @classdesc Represents an Appended.
         * @constructor
         * @param {raft.Appended.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Appended = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Appended match.
         * @member {number|null|undefined} match
         * @memberof raft.Appended
         * @instance
         */
        Appended.prototype.match = null;

        /**
         * Encodes the specified Appended message. Does not implicitly {@link raft.Appended.verify|verify} messages.
         * @function encode
         * @memberof raft.Appended
         * @static
         * @param {raft.Appended.$Properties} message Appended message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Appended.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.match != null && $Object.hasOwnProperty.call(message, "match"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.match);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Appended message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Appended
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Appended & raft.Appended.$Shape} Appended
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Appended.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Appended();
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
                        message.match = reader.uint64();
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

        return Appended;
    })();

    raft.AppendRejected = (function() {

        /**
         * Properties of an AppendRejected.
         * @typedef {Object} raft.AppendRejected.$Properties
         * @property {number|null} [rejected] AppendRejected rejected
         * @property {raft.Position.$Properties|null} [hint] AppendRejected hint
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AppendRejected.
         * @memberof raft
         * @interface IAppendRejected
         * @augments raft.AppendRejected.$Properties
         * @deprecated Use raft.AppendRejected.$Properties instead.
         */

        /**
         * Shape of an AppendRejected.
         * @typedef {raft.AppendRejected.$Properties} raft.AppendRejected.$Shape
         */

        /**
         * Constructs a new AppendRejected.
         * @memberof raft
         * @classdesc Represents an AppendRejected.
         * @constructor
         * @param {raft.AppendRejected.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AppendRejected = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AppendRejected rejected.
         * @member {number|null|undefined} rejected
         * @memberof raft.AppendRejected
         * @instance
         */
        AppendRejected.prototype.rejected = null;

        /**
         * AppendRejected hint.
         * @member {raft.Position.$Properties|null|undefined} hint
         * @memberof raft.AppendRejected
         * @instance
         */
        AppendRejected.prototype.hint = null;

        /**
         * Encodes the specified AppendRejected message. Does not implicitly {@link raft.AppendRejected.verify|verify} messages.
         * @function encode
         * @memberof raft.AppendRejected
         * @static
         * @param {raft.AppendRejected.$Properties} message AppendRejected message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AppendRejected.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.rejected != null && $Object.hasOwnProperty.call(message, "rejected"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.rejected);
            if (message.hint != null && $Object.hasOwnProperty.call(message, "hint"))
                $root.raft.Position.encode(message.hint, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AppendRejected message from the specified reader or buffer.
         * @function decode
         * @memberof raft.AppendRejected
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.AppendRejected & raft.AppendRejected.$Shape} AppendRejected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AppendRejected.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.AppendRejected();
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
                        message.rejected = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.hint = $root.raft.Position.decode(reader, reader.size(), $undefined, _depth + 1, message.hint);
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

        return AppendRejected;
    })();

    raft.Heartbeat = (function() {

        /**
         * Properties of a Heartbeat.
         * @typedef {Object} raft.Heartbeat.$Properties
         * @property {number|null} [commit] Heartbeat commit
         * @property {number|null} [match] Heartbeat match
         * @property {number|null} [round] Heartbeat round
         * @property {boolean|null} [behind] Heartbeat behind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Heartbeat.
         * @memberof raft
         * @interface IHeartbeat
         * @augments raft.Heartbeat.$Properties
         * @deprecated Use raft.Heartbeat.$Properties instead.
         */

        /**
         * Shape of a Heartbeat.
         * @typedef {raft.Heartbeat.$Properties} raft.Heartbeat.$Shape
         */

        /**
         * Constructs a new Heartbeat.
         * @memberof raft
         * @classdesc Represents a Heartbeat.
         * @constructor
         * @param {raft.Heartbeat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Heartbeat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Heartbeat commit.
         * @member {number|null|undefined} commit
         * @memberof raft.Heartbeat
         * @instance
         */
        Heartbeat.prototype.commit = null;

        /**
         * Heartbeat match.
         * @member {number|null|undefined} match
         * @memberof raft.Heartbeat
         * @instance
         */
        Heartbeat.prototype.match = null;

        /**
         * Heartbeat round.
         * @member {number|null|undefined} round
         * @memberof raft.Heartbeat
         * @instance
         */
        Heartbeat.prototype.round = null;

        /**
         * Heartbeat behind.
         * @member {boolean} behind
         * @memberof raft.Heartbeat
         * @instance
         */
        Heartbeat.prototype.behind = false;

        /**
         * Encodes the specified Heartbeat message. Does not implicitly {@link raft.Heartbeat.verify|verify} messages.
         * @function encode
         * @memberof raft.Heartbeat
         * @static
         * @param {raft.Heartbeat.$Properties} message Heartbeat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Heartbeat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.commit);
            if (message.match != null && $Object.hasOwnProperty.call(message, "match"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.match);
            if (message.round != null && $Object.hasOwnProperty.call(message, "round"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.round);
            if (message.behind != null && $Object.hasOwnProperty.call(message, "behind") && message.behind !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.behind);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Heartbeat message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Heartbeat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Heartbeat & raft.Heartbeat.$Shape} Heartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Heartbeat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Heartbeat();
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
                        message.commit = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.match = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.round = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.behind = value;
                        else
                            delete message.behind;
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

        return Heartbeat;
    })();

    raft.HeartbeatReply = (function() {

        /**
         * Properties of a HeartbeatReply.
         * @typedef {Object} raft.HeartbeatReply.$Properties
         * @property {number|null} [round] HeartbeatReply round
         * @property {number|null} [featureMax] HeartbeatReply featureMax
         * @property {boolean|null} [full] HeartbeatReply full
         * @property {boolean|null} [slow] HeartbeatReply slow
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HeartbeatReply.
         * @memberof raft
         * @interface IHeartbeatReply
         * @augments raft.HeartbeatReply.$Properties
         * @deprecated Use raft.HeartbeatReply.$Properties instead.
         */

        /**
         * Shape of a HeartbeatReply.
         * @typedef {raft.HeartbeatReply.$Properties} raft.HeartbeatReply.$Shape
         */

        /**
         * Constructs a new HeartbeatReply.
         * @memberof raft
         * @classdesc Represents a HeartbeatReply.
         * @constructor
         * @param {raft.HeartbeatReply.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HeartbeatReply = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HeartbeatReply round.
         * @member {number|null|undefined} round
         * @memberof raft.HeartbeatReply
         * @instance
         */
        HeartbeatReply.prototype.round = null;

        /**
         * HeartbeatReply featureMax.
         * @member {number} featureMax
         * @memberof raft.HeartbeatReply
         * @instance
         */
        HeartbeatReply.prototype.featureMax = 0;

        /**
         * HeartbeatReply full.
         * @member {boolean} full
         * @memberof raft.HeartbeatReply
         * @instance
         */
        HeartbeatReply.prototype.full = false;

        /**
         * HeartbeatReply slow.
         * @member {boolean} slow
         * @memberof raft.HeartbeatReply
         * @instance
         */
        HeartbeatReply.prototype.slow = false;

        /**
         * Encodes the specified HeartbeatReply message. Does not implicitly {@link raft.HeartbeatReply.verify|verify} messages.
         * @function encode
         * @memberof raft.HeartbeatReply
         * @static
         * @param {raft.HeartbeatReply.$Properties} message HeartbeatReply message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HeartbeatReply.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.round != null && $Object.hasOwnProperty.call(message, "round"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.round);
            if (message.featureMax != null && $Object.hasOwnProperty.call(message, "featureMax") && message.featureMax !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.featureMax);
            if (message.full != null && $Object.hasOwnProperty.call(message, "full") && message.full !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.full);
            if (message.slow != null && $Object.hasOwnProperty.call(message, "slow") && message.slow !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.slow);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HeartbeatReply message from the specified reader or buffer.
         * @function decode
         * @memberof raft.HeartbeatReply
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.HeartbeatReply & raft.HeartbeatReply.$Shape} HeartbeatReply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HeartbeatReply.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.HeartbeatReply();
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
                        message.round = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.featureMax = value;
                        else
                            delete message.featureMax;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.full = value;
                        else
                            delete message.full;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.slow = value;
                        else
                            delete message.slow;
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

        return HeartbeatReply;
    })();

    raft.Ballot = (function() {

        /**
         * Properties of a Ballot.
         * @typedef {Object} raft.Ballot.$Properties
         * @property {raft.Position.$Properties|null} [last] Ballot last
         * @property {boolean|null} [byTransfer] Ballot byTransfer
         * @property {boolean|null} [byHint] Ballot byHint
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Ballot.
         * @memberof raft
         * @interface IBallot
         * @augments raft.Ballot.$Properties
         * @deprecated Use raft.Ballot.$Properties instead.
         */

        /**
         * Shape of a Ballot.
         * @typedef {raft.Ballot.$Properties} raft.Ballot.$Shape
         */

        /**
         * Constructs a new Ballot.
         * @memberof raft
         * @classdesc Represents a Ballot.
         * @constructor
         * @param {raft.Ballot.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Ballot = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ballot last.
         * @member {raft.Position.$Properties|null|undefined} last
         * @memberof raft.Ballot
         * @instance
         */
        Ballot.prototype.last = null;

        /**
         * Ballot byTransfer.
         * @member {boolean} byTransfer
         * @memberof raft.Ballot
         * @instance
         */
        Ballot.prototype.byTransfer = false;

        /**
         * Ballot byHint.
         * @member {boolean} byHint
         * @memberof raft.Ballot
         * @instance
         */
        Ballot.prototype.byHint = false;

        /**
         * Encodes the specified Ballot message. Does not implicitly {@link raft.Ballot.verify|verify} messages.
         * @function encode
         * @memberof raft.Ballot
         * @static
         * @param {raft.Ballot.$Properties} message Ballot message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Ballot.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                $root.raft.Position.encode(message.last, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.byTransfer != null && $Object.hasOwnProperty.call(message, "byTransfer") && message.byTransfer !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.byTransfer);
            if (message.byHint != null && $Object.hasOwnProperty.call(message, "byHint") && message.byHint !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.byHint);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Ballot message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Ballot
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Ballot & raft.Ballot.$Shape} Ballot
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Ballot.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Ballot();
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
                        message.last = $root.raft.Position.decode(reader, reader.size(), $undefined, _depth + 1, message.last);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.byTransfer = value;
                        else
                            delete message.byTransfer;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.byHint = value;
                        else
                            delete message.byHint;
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

        return Ballot;
    })();

    raft.Answer = (function() {

        /**
         * Properties of an Answer.
         * @typedef {Object} raft.Answer.$Properties
         * @property {boolean|null} [granted] Answer granted
         * @property {number|null} [refusal] Answer refusal
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Answer.
         * @memberof raft
         * @interface IAnswer
         * @augments raft.Answer.$Properties
         * @deprecated Use raft.Answer.$Properties instead.
         */

        /**
         * Shape of an Answer.
         * @typedef {raft.Answer.$Properties} raft.Answer.$Shape
         */

        /**
         * Constructs a new Answer.
         * @memberof raft
         * @classdesc Represents an Answer.
         * @constructor
         * @param {raft.Answer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Answer = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Answer granted.
         * @member {boolean} granted
         * @memberof raft.Answer
         * @instance
         */
        Answer.prototype.granted = false;

        /**
         * Answer refusal.
         * @member {number} refusal
         * @memberof raft.Answer
         * @instance
         */
        Answer.prototype.refusal = 0;

        /**
         * Encodes the specified Answer message. Does not implicitly {@link raft.Answer.verify|verify} messages.
         * @function encode
         * @memberof raft.Answer
         * @static
         * @param {raft.Answer.$Properties} message Answer message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Answer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.granted != null && $Object.hasOwnProperty.call(message, "granted") && message.granted !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.granted);
            if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal") && message.refusal !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.refusal);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Answer message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Answer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Answer & raft.Answer.$Shape} Answer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Answer.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Answer();
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
                            message.granted = value;
                        else
                            delete message.granted;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.refusal = value;
                        else
                            delete message.refusal;
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

        return Answer;
    })();

    raft.ReadIndex = (function() {

        /**
         * Properties of a ReadIndex.
         * @typedef {Object} raft.ReadIndex.$Properties
         * @property {number|null} [call] ReadIndex call
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ReadIndex.
         * @memberof raft
         * @interface IReadIndex
         * @augments raft.ReadIndex.$Properties
         * @deprecated Use raft.ReadIndex.$Properties instead.
         */

        /**
         * Shape of a ReadIndex.
         * @typedef {raft.ReadIndex.$Properties} raft.ReadIndex.$Shape
         */

        /**
         * Constructs a new ReadIndex.
         * @memberof raft
         * @classdesc Represents a ReadIndex.
         * @constructor
         * @param {raft.ReadIndex.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ReadIndex = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ReadIndex call.
         * @member {number|null|undefined} call
         * @memberof raft.ReadIndex
         * @instance
         */
        ReadIndex.prototype.call = null;

        /**
         * Encodes the specified ReadIndex message. Does not implicitly {@link raft.ReadIndex.verify|verify} messages.
         * @function encode
         * @memberof raft.ReadIndex
         * @static
         * @param {raft.ReadIndex.$Properties} message ReadIndex message or plain object to encode
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
            if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.call);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ReadIndex message from the specified reader or buffer.
         * @function decode
         * @memberof raft.ReadIndex
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.ReadIndex & raft.ReadIndex.$Shape} ReadIndex
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
            message = _target || new $root.raft.ReadIndex();
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
                        message.call = reader.uint64();
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

    raft.ReadIndexReply = (function() {

        /**
         * Properties of a ReadIndexReply.
         * @typedef {Object} raft.ReadIndexReply.$Properties
         * @property {number|null} [call] ReadIndexReply call
         * @property {number|null} [index] ReadIndexReply index
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ReadIndexReply.
         * @memberof raft
         * @interface IReadIndexReply
         * @augments raft.ReadIndexReply.$Properties
         * @deprecated Use raft.ReadIndexReply.$Properties instead.
         */

        /**
         * Shape of a ReadIndexReply.
         * @typedef {raft.ReadIndexReply.$Properties} raft.ReadIndexReply.$Shape
         */

        /**
         * Constructs a new ReadIndexReply.
         * @memberof raft
         * @classdesc Represents a ReadIndexReply.
         * @constructor
         * @param {raft.ReadIndexReply.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ReadIndexReply = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ReadIndexReply call.
         * @member {number|null|undefined} call
         * @memberof raft.ReadIndexReply
         * @instance
         */
        ReadIndexReply.prototype.call = null;

        /**
         * ReadIndexReply index.
         * @member {number|null|undefined} index
         * @memberof raft.ReadIndexReply
         * @instance
         */
        ReadIndexReply.prototype.index = null;

        /**
         * Encodes the specified ReadIndexReply message. Does not implicitly {@link raft.ReadIndexReply.verify|verify} messages.
         * @function encode
         * @memberof raft.ReadIndexReply
         * @static
         * @param {raft.ReadIndexReply.$Properties} message ReadIndexReply message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ReadIndexReply.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.call);
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.index);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ReadIndexReply message from the specified reader or buffer.
         * @function decode
         * @memberof raft.ReadIndexReply
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.ReadIndexReply & raft.ReadIndexReply.$Shape} ReadIndexReply
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ReadIndexReply.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.ReadIndexReply();
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
                        message.call = reader.uint64();
                        continue;
                    }
                case 2: {
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

        return ReadIndexReply;
    })();

    raft.Removed = (function() {

        /**
         * Properties of a Removed.
         * @typedef {Object} raft.Removed.$Properties
         * @property {number|null} [at] Removed at
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Removed.
         * @memberof raft
         * @interface IRemoved
         * @augments raft.Removed.$Properties
         * @deprecated Use raft.Removed.$Properties instead.
         */

        /**
         * Shape of a Removed.
         * @typedef {raft.Removed.$Properties} raft.Removed.$Shape
         */

        /**
         * Constructs a new Removed.
         * @memberof raft
         * @classdesc Represents a Removed.
         * @constructor
         * @param {raft.Removed.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Removed = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Removed at.
         * @member {number|null|undefined} at
         * @memberof raft.Removed
         * @instance
         */
        Removed.prototype.at = null;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link raft.Removed.verify|verify} messages.
         * @function encode
         * @memberof raft.Removed
         * @static
         * @param {raft.Removed.$Properties} message Removed message or plain object to encode
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
            if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.at);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Removed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Removed & raft.Removed.$Shape} Removed
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
            message = _target || new $root.raft.Removed();
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
                        message.at = reader.uint64();
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

    raft.Members = (function() {

        /**
         * Properties of a Members.
         * @typedef {Object} raft.Members.$Properties
         * @property {raft.Position.$Properties|null} [at] Members at
         * @property {raft.Group.$Properties|null} [group] Members group
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Members.
         * @memberof raft
         * @interface IMembers
         * @augments raft.Members.$Properties
         * @deprecated Use raft.Members.$Properties instead.
         */

        /**
         * Shape of a Members.
         * @typedef {raft.Members.$Properties} raft.Members.$Shape
         */

        /**
         * Constructs a new Members.
         * @memberof raft
         * @classdesc Represents a Members.
         * @constructor
         * @param {raft.Members.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Members = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Members at.
         * @member {raft.Position.$Properties|null|undefined} at
         * @memberof raft.Members
         * @instance
         */
        Members.prototype.at = null;

        /**
         * Members group.
         * @member {raft.Group.$Properties|null|undefined} group
         * @memberof raft.Members
         * @instance
         */
        Members.prototype.group = null;

        /**
         * Encodes the specified Members message. Does not implicitly {@link raft.Members.verify|verify} messages.
         * @function encode
         * @memberof raft.Members
         * @static
         * @param {raft.Members.$Properties} message Members message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Members.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                $root.raft.Position.encode(message.at, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.group != null && $Object.hasOwnProperty.call(message, "group"))
                $root.raft.Group.encode(message.group, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Members message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Members
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Members & raft.Members.$Shape} Members
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Members.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Members();
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
                        message.at = $root.raft.Position.decode(reader, reader.size(), $undefined, _depth + 1, message.at);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.group = $root.raft.Group.decode(reader, reader.size(), $undefined, _depth + 1, message.group);
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

        return Members;
    })();

    raft.Entry = (function() {

        /**
         * Properties of an Entry.
         * @typedef {Object} raft.Entry.$Properties
         * @property {number|null} [index] Entry index
         * @property {number|null} [term] Entry term
         * @property {number|null} [kind] Entry kind
         * @property {number|null} [stampMs] Entry stampMs
         * @property {number|null} [featureLevel] Entry featureLevel
         * @property {Uint8Array|null} [data] Entry data
         * @property {raft.Group.$Properties|null} [group] Entry group
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Entry.
         * @memberof raft
         * @interface IEntry
         * @augments raft.Entry.$Properties
         * @deprecated Use raft.Entry.$Properties instead.
         */

        /**
         * Shape of an Entry.
         * @typedef {raft.Entry.$Properties} raft.Entry.$Shape
         */

        /**
         * Constructs a new Entry.
         * @memberof raft
         * @classdesc Represents an Entry.
         * @constructor
         * @param {raft.Entry.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Entry = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Entry index.
         * @member {number|null|undefined} index
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.index = null;

        /**
         * Entry term.
         * @member {number|null|undefined} term
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.term = null;

        /**
         * Entry kind.
         * @member {number} kind
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.kind = 0;

        /**
         * Entry stampMs.
         * @member {number|null|undefined} stampMs
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.stampMs = null;

        /**
         * Entry featureLevel.
         * @member {number} featureLevel
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.featureLevel = 0;

        /**
         * Entry data.
         * @member {Uint8Array} data
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.data = $util.newBuffer([]);

        /**
         * Entry group.
         * @member {raft.Group.$Properties|null|undefined} group
         * @memberof raft.Entry
         * @instance
         */
        Entry.prototype.group = null;

        /**
         * Encodes the specified Entry message. Does not implicitly {@link raft.Entry.verify|verify} messages.
         * @function encode
         * @memberof raft.Entry
         * @static
         * @param {raft.Entry.$Properties} message Entry message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Entry.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.index);
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.term);
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.kind);
            if (message.stampMs != null && $Object.hasOwnProperty.call(message, "stampMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.stampMs);
            if (message.featureLevel != null && $Object.hasOwnProperty.call(message, "featureLevel") && message.featureLevel !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.featureLevel);
            if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.data);
            if (message.group != null && $Object.hasOwnProperty.call(message, "group"))
                $root.raft.Group.encode(message.group, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Entry message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Entry
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Entry & raft.Entry.$Shape} Entry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Entry.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Entry();
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
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.term = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.kind = value;
                        else
                            delete message.kind;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.stampMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.featureLevel = value;
                        else
                            delete message.featureLevel;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.data = value;
                        else
                            delete message.data;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.group = $root.raft.Group.decode(reader, reader.size(), $undefined, _depth + 1, message.group);
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

        return Entry;
    })();

    raft.Group = (function() {

        /**
         * Properties of a Group.
         * @typedef {Object} raft.Group.$Properties
         * @property {Array.<string>|null} [voters] Group voters
         * @property {Array.<string>|null} [outgoing] Group outgoing
         * @property {Array.<string>|null} [learners] Group learners
         * @property {Array.<string>|null} [learnersNext] Group learnersNext
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Group.
         * @memberof raft
         * @interface IGroup
         * @augments raft.Group.$Properties
         * @deprecated Use raft.Group.$Properties instead.
         */

        /**
         * Shape of a Group.
         * @typedef {raft.Group.$Properties} raft.Group.$Shape
         */

        /**
         * Constructs a new Group.
         * @memberof raft
         * @classdesc Represents a Group.
         * @constructor
         * @param {raft.Group.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Group = function (properties) {
            this.voters = [];
            this.outgoing = [];
            this.learners = [];
            this.learnersNext = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Group voters.
         * @member {Array.<string>} voters
         * @memberof raft.Group
         * @instance
         */
        Group.prototype.voters = $util.emptyArray;

        /**
         * Group outgoing.
         * @member {Array.<string>} outgoing
         * @memberof raft.Group
         * @instance
         */
        Group.prototype.outgoing = $util.emptyArray;

        /**
         * Group learners.
         * @member {Array.<string>} learners
         * @memberof raft.Group
         * @instance
         */
        Group.prototype.learners = $util.emptyArray;

        /**
         * Group learnersNext.
         * @member {Array.<string>} learnersNext
         * @memberof raft.Group
         * @instance
         */
        Group.prototype.learnersNext = $util.emptyArray;

        /**
         * Encodes the specified Group message. Does not implicitly {@link raft.Group.verify|verify} messages.
         * @function encode
         * @memberof raft.Group
         * @static
         * @param {raft.Group.$Properties} message Group message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Group.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.voters != null && message.voters.length)
                for (let i = 0; i < message.voters.length; ++i)
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.voters[i]);
            if (message.outgoing != null && message.outgoing.length)
                for (let i = 0; i < message.outgoing.length; ++i)
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.outgoing[i]);
            if (message.learners != null && message.learners.length)
                for (let i = 0; i < message.learners.length; ++i)
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.learners[i]);
            if (message.learnersNext != null && message.learnersNext.length)
                for (let i = 0; i < message.learnersNext.length; ++i)
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.learnersNext[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Group message from the specified reader or buffer.
         * @function decode
         * @memberof raft.Group
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.Group & raft.Group.$Shape} Group
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Group.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.Group();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 11: {
                        if (wireType !== 2)
                            break;
                        if (!(message.voters && message.voters.length))
                            message.voters = [];
                        message.voters.push(reader.stringVerify());
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        if (!(message.outgoing && message.outgoing.length))
                            message.outgoing = [];
                        message.outgoing.push(reader.stringVerify());
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.learners && message.learners.length))
                            message.learners = [];
                        message.learners.push(reader.stringVerify());
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        if (!(message.learnersNext && message.learnersNext.length))
                            message.learnersNext = [];
                        message.learnersNext.push(reader.stringVerify());
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

        return Group;
    })();

    raft.HardState = (function() {

        /**
         * Properties of a HardState.
         * @typedef {Object} raft.HardState.$Properties
         * @property {number|null} [term] HardState term
         * @property {string|null} [vote] HardState vote
         * @property {number|null} [commit] HardState commit
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HardState.
         * @memberof raft
         * @interface IHardState
         * @augments raft.HardState.$Properties
         * @deprecated Use raft.HardState.$Properties instead.
         */

        /**
         * Shape of a HardState.
         * @typedef {raft.HardState.$Properties} raft.HardState.$Shape
         */

        /**
         * Constructs a new HardState.
         * @memberof raft
         * @classdesc Represents a HardState.
         * @constructor
         * @param {raft.HardState.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HardState = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HardState term.
         * @member {number|null|undefined} term
         * @memberof raft.HardState
         * @instance
         */
        HardState.prototype.term = null;

        /**
         * HardState vote.
         * @member {string} vote
         * @memberof raft.HardState
         * @instance
         */
        HardState.prototype.vote = "";

        /**
         * HardState commit.
         * @member {number|null|undefined} commit
         * @memberof raft.HardState
         * @instance
         */
        HardState.prototype.commit = null;

        /**
         * Encodes the specified HardState message. Does not implicitly {@link raft.HardState.verify|verify} messages.
         * @function encode
         * @memberof raft.HardState
         * @static
         * @param {raft.HardState.$Properties} message HardState message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HardState.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.term);
            if (message.vote != null && $Object.hasOwnProperty.call(message, "vote") && message.vote !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.vote);
            if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.commit);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HardState message from the specified reader or buffer.
         * @function decode
         * @memberof raft.HardState
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.HardState & raft.HardState.$Shape} HardState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HardState.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.HardState();
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
                            message.vote = value;
                        else
                            delete message.vote;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.commit = reader.uint64();
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

        return HardState;
    })();

    raft.SnapshotMeta = (function() {

        /**
         * Properties of a SnapshotMeta.
         * @typedef {Object} raft.SnapshotMeta.$Properties
         * @property {number|null} [index] SnapshotMeta index
         * @property {number|null} [term] SnapshotMeta term
         * @property {raft.Group.$Properties|null} [group] SnapshotMeta group
         * @property {number|null} [featureLevel] SnapshotMeta featureLevel
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SnapshotMeta.
         * @memberof raft
         * @interface ISnapshotMeta
         * @augments raft.SnapshotMeta.$Properties
         * @deprecated Use raft.SnapshotMeta.$Properties instead.
         */

        /**
         * Shape of a SnapshotMeta.
         * @typedef {raft.SnapshotMeta.$Properties} raft.SnapshotMeta.$Shape
         */

        /**
         * Constructs a new SnapshotMeta.
         * @memberof raft
         * @classdesc Represents a SnapshotMeta.
         * @constructor
         * @param {raft.SnapshotMeta.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SnapshotMeta = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SnapshotMeta index.
         * @member {number|null|undefined} index
         * @memberof raft.SnapshotMeta
         * @instance
         */
        SnapshotMeta.prototype.index = null;

        /**
         * SnapshotMeta term.
         * @member {number|null|undefined} term
         * @memberof raft.SnapshotMeta
         * @instance
         */
        SnapshotMeta.prototype.term = null;

        /**
         * SnapshotMeta group.
         * @member {raft.Group.$Properties|null|undefined} group
         * @memberof raft.SnapshotMeta
         * @instance
         */
        SnapshotMeta.prototype.group = null;

        /**
         * SnapshotMeta featureLevel.
         * @member {number} featureLevel
         * @memberof raft.SnapshotMeta
         * @instance
         */
        SnapshotMeta.prototype.featureLevel = 0;

        /**
         * Encodes the specified SnapshotMeta message. Does not implicitly {@link raft.SnapshotMeta.verify|verify} messages.
         * @function encode
         * @memberof raft.SnapshotMeta
         * @static
         * @param {raft.SnapshotMeta.$Properties} message SnapshotMeta message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SnapshotMeta.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.index);
            if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.term);
            if (message.group != null && $Object.hasOwnProperty.call(message, "group"))
                $root.raft.Group.encode(message.group, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.featureLevel != null && $Object.hasOwnProperty.call(message, "featureLevel") && message.featureLevel !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.featureLevel);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SnapshotMeta message from the specified reader or buffer.
         * @function decode
         * @memberof raft.SnapshotMeta
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {raft.SnapshotMeta & raft.SnapshotMeta.$Shape} SnapshotMeta
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SnapshotMeta.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.raft.SnapshotMeta();
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
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.term = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.group = $root.raft.Group.decode(reader, reader.size(), $undefined, _depth + 1, message.group);
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.featureLevel = value;
                        else
                            delete message.featureLevel;
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

        return SnapshotMeta;
    })();

    return raft;
})();

export {
  $root as default
};
