/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["consensus"] || ($protobuf.roots["consensus"] = {});

export const machine = $root.machine = (() => {

    /**
     * Namespace machine.
     * @exports machine
     * @namespace
     */
    const machine = {};

    machine.Command = (function() {

        /**
         * Properties of a Command.
         * @typedef {Object} machine.Command.$Properties
         * @property {machine.Tick.$Properties|null} [tick] Command tick
         * @property {machine.RenewHosts.$Properties|null} [renewHosts] Command renewHosts
         * @property {machine.Open.$Properties|null} [open] Command open
         * @property {machine.Attach.$Properties|null} [attach] Command attach
         * @property {machine.Detach.$Properties|null} [detach] Command detach
         * @property {machine.End.$Properties|null} [end] Command end
         * @property {machine.EndHost.$Properties|null} [endHost] Command endHost
         * @property {machine.RemoveHost.$Properties|null} [removeHost] Command removeHost
         * @property {machine.Acquire.$Properties|null} [acquire] Command acquire
         * @property {machine.Request.$Properties|null} [cancel] Command cancel
         * @property {machine.Release.$Properties|null} [release] Command release
         * @property {machine.Update.$Properties|null} [update] Command update
         * @property {machine.Transfer.$Properties|null} [transfer] Command transfer
         * @property {machine.Revoke.$Properties|null} [revoke] Command revoke
         * @property {machine.Found.$Properties|null} [found] Command found
         * @property {machine.Recover.$Properties|null} [recover] Command recover
         * @property {machine.CheckHash.$Properties|null} [checkHash] Command checkHash
         * @property {machine.Stage.$Properties|null} [stage] Command stage
         * @property {machine.Unstage.$Properties|null} [unstage] Command unstage
         * @property {machine.Restore.$Properties|null} [restore] Command restore
         * @property {machine.Resize.$Properties|null} [resize] Command resize
         * @property {machine.KvPut.$Properties|null} [kvPut] Command kvPut
         * @property {machine.KvDelete.$Properties|null} [kvDelete] Command kvDelete
         * @property {machine.WorkConfigure.$Properties|null} [workConfigure] Command workConfigure
         * @property {machine.WorkPut.$Properties|null} [workPut] Command workPut
         * @property {machine.WorkItem.$Properties|null} [workRemove] Command workRemove
         * @property {machine.WorkItem.$Properties|null} [workRetry] Command workRetry
         * @property {machine.WorkSettle.$Properties|null} [workSettle] Command workSettle
         * @property {machine.WorkCheckpoint.$Properties|null} [workCheckpoint] Command workCheckpoint
         * @property {machine.WorkAssign.$Properties|null} [workAssign] Command workAssign
         * @property {"tick"|"renewHosts"|"open"|"attach"|"detach"|"end"|"endHost"|"removeHost"|"acquire"|"cancel"|"release"|"update"|"transfer"|"revoke"|"found"|"recover"|"checkHash"|"stage"|"unstage"|"restore"|"resize"|"kvPut"|"kvDelete"|"workConfigure"|"workPut"|"workRemove"|"workRetry"|"workSettle"|"workCheckpoint"|"workAssign"} [kind] Command kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Command.
         * @memberof machine
         * @interface ICommand
         * @augments machine.Command.$Properties
         * @deprecated Use machine.Command.$Properties instead.
         */

        /**
         * Narrowed shape of a Command.
         * @typedef {{
         *   tick?: machine.Tick.$Shape|null;
         *   renewHosts?: machine.RenewHosts.$Shape|null;
         *   open?: machine.Open.$Shape|null;
         *   attach?: machine.Attach.$Shape|null;
         *   detach?: machine.Detach.$Shape|null;
         *   end?: machine.End.$Shape|null;
         *   endHost?: machine.EndHost.$Shape|null;
         *   removeHost?: machine.RemoveHost.$Shape|null;
         *   acquire?: machine.Acquire.$Shape|null;
         *   cancel?: machine.Request.$Shape|null;
         *   release?: machine.Release.$Shape|null;
         *   update?: machine.Update.$Shape|null;
         *   transfer?: machine.Transfer.$Shape|null;
         *   revoke?: machine.Revoke.$Shape|null;
         *   found?: machine.Found.$Shape|null;
         *   recover?: machine.Recover.$Shape|null;
         *   checkHash?: machine.CheckHash.$Shape|null;
         *   stage?: machine.Stage.$Shape|null;
         *   unstage?: machine.Unstage.$Shape|null;
         *   restore?: machine.Restore.$Shape|null;
         *   resize?: machine.Resize.$Shape|null;
         *   kvPut?: machine.KvPut.$Shape|null;
         *   kvDelete?: machine.KvDelete.$Shape|null;
         *   workConfigure?: machine.WorkConfigure.$Shape|null;
         *   workPut?: machine.WorkPut.$Shape|null;
         *   workRemove?: machine.WorkItem.$Shape|null;
         *   workRetry?: machine.WorkItem.$Shape|null;
         *   workSettle?: machine.WorkSettle.$Shape|null;
         *   workCheckpoint?: machine.WorkCheckpoint.$Shape|null;
         *   workAssign?: machine.WorkAssign.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "tick"; tick: machine.Tick.$Shape; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "renewHosts"; tick?: null; renewHosts: machine.RenewHosts.$Shape; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "open"; tick?: null; renewHosts?: null; open: machine.Open.$Shape; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "attach"; tick?: null; renewHosts?: null; open?: null; attach: machine.Attach.$Shape; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "detach"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach: machine.Detach.$Shape; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "end"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end: machine.End.$Shape; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "endHost"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost: machine.EndHost.$Shape; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "removeHost"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost: machine.RemoveHost.$Shape; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "acquire"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire: machine.Acquire.$Shape; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "cancel"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel: machine.Request.$Shape; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "release"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release: machine.Release.$Shape; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "update"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update: machine.Update.$Shape; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "transfer"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer: machine.Transfer.$Shape; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "revoke"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke: machine.Revoke.$Shape; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "found"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found: machine.Found.$Shape; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "recover"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover: machine.Recover.$Shape; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "checkHash"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash: machine.CheckHash.$Shape; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "stage"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage: machine.Stage.$Shape; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "unstage"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage: machine.Unstage.$Shape; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "restore"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore: machine.Restore.$Shape; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "resize"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize: machine.Resize.$Shape; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "kvPut"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut: machine.KvPut.$Shape; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "kvDelete"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete: machine.KvDelete.$Shape; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workConfigure"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure: machine.WorkConfigure.$Shape; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workPut"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut: machine.WorkPut.$Shape; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workRemove"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove: machine.WorkItem.$Shape; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workRetry"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry: machine.WorkItem.$Shape; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workSettle"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle: machine.WorkSettle.$Shape; workCheckpoint?: null; workAssign?: null }|{ kind?: "workCheckpoint"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint: machine.WorkCheckpoint.$Shape; workAssign?: null }|{ kind?: "workAssign"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign: machine.WorkAssign.$Shape })
         * )} machine.Command.$Shape
         */

        /**
         * Constructs a new Command.
         * @memberof machine
         * @classdesc Represents a Command.
         * @constructor
         * @param {machine.Command.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Command = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Command tick.
         * @member {machine.Tick.$Properties|null|undefined} tick
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.tick = null;

        /**
         * Command renewHosts.
         * @member {machine.RenewHosts.$Properties|null|undefined} renewHosts
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.renewHosts = null;

        /**
         * Command open.
         * @member {machine.Open.$Properties|null|undefined} open
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.open = null;

        /**
         * Command attach.
         * @member {machine.Attach.$Properties|null|undefined} attach
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.attach = null;

        /**
         * Command detach.
         * @member {machine.Detach.$Properties|null|undefined} detach
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.detach = null;

        /**
         * Command end.
         * @member {machine.End.$Properties|null|undefined} end
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.end = null;

        /**
         * Command endHost.
         * @member {machine.EndHost.$Properties|null|undefined} endHost
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.endHost = null;

        /**
         * Command removeHost.
         * @member {machine.RemoveHost.$Properties|null|undefined} removeHost
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.removeHost = null;

        /**
         * Command acquire.
         * @member {machine.Acquire.$Properties|null|undefined} acquire
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.acquire = null;

        /**
         * Command cancel.
         * @member {machine.Request.$Properties|null|undefined} cancel
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.cancel = null;

        /**
         * Command release.
         * @member {machine.Release.$Properties|null|undefined} release
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.release = null;

        /**
         * Command update.
         * @member {machine.Update.$Properties|null|undefined} update
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.update = null;

        /**
         * Command transfer.
         * @member {machine.Transfer.$Properties|null|undefined} transfer
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.transfer = null;

        /**
         * Command revoke.
         * @member {machine.Revoke.$Properties|null|undefined} revoke
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.revoke = null;

        /**
         * Command found.
         * @member {machine.Found.$Properties|null|undefined} found
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.found = null;

        /**
         * Command recover.
         * @member {machine.Recover.$Properties|null|undefined} recover
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.recover = null;

        /**
         * Command checkHash.
         * @member {machine.CheckHash.$Properties|null|undefined} checkHash
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.checkHash = null;

        /**
         * Command stage.
         * @member {machine.Stage.$Properties|null|undefined} stage
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.stage = null;

        /**
         * Command unstage.
         * @member {machine.Unstage.$Properties|null|undefined} unstage
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.unstage = null;

        /**
         * Command restore.
         * @member {machine.Restore.$Properties|null|undefined} restore
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.restore = null;

        /**
         * Command resize.
         * @member {machine.Resize.$Properties|null|undefined} resize
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.resize = null;

        /**
         * Command kvPut.
         * @member {machine.KvPut.$Properties|null|undefined} kvPut
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.kvPut = null;

        /**
         * Command kvDelete.
         * @member {machine.KvDelete.$Properties|null|undefined} kvDelete
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.kvDelete = null;

        /**
         * Command workConfigure.
         * @member {machine.WorkConfigure.$Properties|null|undefined} workConfigure
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workConfigure = null;

        /**
         * Command workPut.
         * @member {machine.WorkPut.$Properties|null|undefined} workPut
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workPut = null;

        /**
         * Command workRemove.
         * @member {machine.WorkItem.$Properties|null|undefined} workRemove
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workRemove = null;

        /**
         * Command workRetry.
         * @member {machine.WorkItem.$Properties|null|undefined} workRetry
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workRetry = null;

        /**
         * Command workSettle.
         * @member {machine.WorkSettle.$Properties|null|undefined} workSettle
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workSettle = null;

        /**
         * Command workCheckpoint.
         * @member {machine.WorkCheckpoint.$Properties|null|undefined} workCheckpoint
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workCheckpoint = null;

        /**
         * Command workAssign.
         * @member {machine.WorkAssign.$Properties|null|undefined} workAssign
         * @memberof machine.Command
         * @instance
         */
        Command.prototype.workAssign = null;

        /**
         * Command kind.
         * @member {"tick"|"renewHosts"|"open"|"attach"|"detach"|"end"|"endHost"|"removeHost"|"acquire"|"cancel"|"release"|"update"|"transfer"|"revoke"|"found"|"recover"|"checkHash"|"stage"|"unstage"|"restore"|"resize"|"kvPut"|"kvDelete"|"workConfigure"|"workPut"|"workRemove"|"workRetry"|"workSettle"|"workCheckpoint"|"workAssign"|undefined} kind
         * @memberof machine.Command
         * @instance
         */
        /**
         * Encodes the specified Command message. Does not implicitly {@link machine.Command.verify|verify} messages.
         * @function encode
         * @memberof machine.Command
         * @static
         * @param {machine.Command.$Properties} message Command message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Command.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick"))
                $root.machine.Tick.encode(message.tick, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.renewHosts != null && $Object.hasOwnProperty.call(message, "renewHosts"))
                $root.machine.RenewHosts.encode(message.renewHosts, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.open != null && $Object.hasOwnProperty.call(message, "open"))
                $root.machine.Open.encode(message.open, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.attach != null && $Object.hasOwnProperty.call(message, "attach"))
                $root.machine.Attach.encode(message.attach, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.detach != null && $Object.hasOwnProperty.call(message, "detach"))
                $root.machine.Detach.encode(message.detach, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                $root.machine.End.encode(message.end, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.endHost != null && $Object.hasOwnProperty.call(message, "endHost"))
                $root.machine.EndHost.encode(message.endHost, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.acquire != null && $Object.hasOwnProperty.call(message, "acquire"))
                $root.machine.Acquire.encode(message.acquire, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                $root.machine.Request.encode(message.cancel, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.release != null && $Object.hasOwnProperty.call(message, "release"))
                $root.machine.Release.encode(message.release, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.update != null && $Object.hasOwnProperty.call(message, "update"))
                $root.machine.Update.encode(message.update, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer"))
                $root.machine.Transfer.encode(message.transfer, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
            if (message.revoke != null && $Object.hasOwnProperty.call(message, "revoke"))
                $root.machine.Revoke.encode(message.revoke, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
            if (message.found != null && $Object.hasOwnProperty.call(message, "found"))
                $root.machine.Found.encode(message.found, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
            if (message.recover != null && $Object.hasOwnProperty.call(message, "recover"))
                $root.machine.Recover.encode(message.recover, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
            if (message.checkHash != null && $Object.hasOwnProperty.call(message, "checkHash"))
                $root.machine.CheckHash.encode(message.checkHash, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                $root.machine.Stage.encode(message.stage, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
            if (message.unstage != null && $Object.hasOwnProperty.call(message, "unstage"))
                $root.machine.Unstage.encode(message.unstage, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
            if (message.restore != null && $Object.hasOwnProperty.call(message, "restore"))
                $root.machine.Restore.encode(message.restore, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.resize != null && $Object.hasOwnProperty.call(message, "resize"))
                $root.machine.Resize.encode(message.resize, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
            if (message.removeHost != null && $Object.hasOwnProperty.call(message, "removeHost"))
                $root.machine.RemoveHost.encode(message.removeHost, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
            if (message.kvPut != null && $Object.hasOwnProperty.call(message, "kvPut"))
                $root.machine.KvPut.encode(message.kvPut, writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
            if (message.kvDelete != null && $Object.hasOwnProperty.call(message, "kvDelete"))
                $root.machine.KvDelete.encode(message.kvDelete, writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
            if (message.workConfigure != null && $Object.hasOwnProperty.call(message, "workConfigure"))
                $root.machine.WorkConfigure.encode(message.workConfigure, writer.uint32(/* id 35, wireType 2 =*/282).fork(), _depth + 1).ldelim();
            if (message.workPut != null && $Object.hasOwnProperty.call(message, "workPut"))
                $root.machine.WorkPut.encode(message.workPut, writer.uint32(/* id 36, wireType 2 =*/290).fork(), _depth + 1).ldelim();
            if (message.workRemove != null && $Object.hasOwnProperty.call(message, "workRemove"))
                $root.machine.WorkItem.encode(message.workRemove, writer.uint32(/* id 37, wireType 2 =*/298).fork(), _depth + 1).ldelim();
            if (message.workRetry != null && $Object.hasOwnProperty.call(message, "workRetry"))
                $root.machine.WorkItem.encode(message.workRetry, writer.uint32(/* id 38, wireType 2 =*/306).fork(), _depth + 1).ldelim();
            if (message.workSettle != null && $Object.hasOwnProperty.call(message, "workSettle"))
                $root.machine.WorkSettle.encode(message.workSettle, writer.uint32(/* id 39, wireType 2 =*/314).fork(), _depth + 1).ldelim();
            if (message.workCheckpoint != null && $Object.hasOwnProperty.call(message, "workCheckpoint"))
                $root.machine.WorkCheckpoint.encode(message.workCheckpoint, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
            if (message.workAssign != null && $Object.hasOwnProperty.call(message, "workAssign"))
                $root.machine.WorkAssign.encode(message.workAssign, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Command message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Command
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Command & machine.Command.$Shape} Command
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Command.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Command();
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
                        message.tick = $root.machine.Tick.decode(reader, reader.size(), $undefined, _depth + 1, message.tick);
                        message.kind = "tick";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.renewHosts = $root.machine.RenewHosts.decode(reader, reader.size(), $undefined, _depth + 1, message.renewHosts);
                        message.kind = "renewHosts";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.open = $root.machine.Open.decode(reader, reader.size(), $undefined, _depth + 1, message.open);
                        message.kind = "open";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.attach = $root.machine.Attach.decode(reader, reader.size(), $undefined, _depth + 1, message.attach);
                        message.kind = "attach";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.detach = $root.machine.Detach.decode(reader, reader.size(), $undefined, _depth + 1, message.detach);
                        message.kind = "detach";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.end = $root.machine.End.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                        message.kind = "end";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.endHost = $root.machine.EndHost.decode(reader, reader.size(), $undefined, _depth + 1, message.endHost);
                        message.kind = "endHost";
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.removeHost = $root.machine.RemoveHost.decode(reader, reader.size(), $undefined, _depth + 1, message.removeHost);
                        message.kind = "removeHost";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.acquire = $root.machine.Acquire.decode(reader, reader.size(), $undefined, _depth + 1, message.acquire);
                        message.kind = "acquire";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.cancel = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                        message.kind = "cancel";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.release = $root.machine.Release.decode(reader, reader.size(), $undefined, _depth + 1, message.release);
                        message.kind = "release";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.update = $root.machine.Update.decode(reader, reader.size(), $undefined, _depth + 1, message.update);
                        message.kind = "update";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.transfer = $root.machine.Transfer.decode(reader, reader.size(), $undefined, _depth + 1, message.transfer);
                        message.kind = "transfer";
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.revoke = $root.machine.Revoke.decode(reader, reader.size(), $undefined, _depth + 1, message.revoke);
                        message.kind = "revoke";
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.found = $root.machine.Found.decode(reader, reader.size(), $undefined, _depth + 1, message.found);
                        message.kind = "found";
                        continue;
                    }
                case 18: {
                        if (wireType !== 2)
                            break;
                        message.recover = $root.machine.Recover.decode(reader, reader.size(), $undefined, _depth + 1, message.recover);
                        message.kind = "recover";
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.checkHash = $root.machine.CheckHash.decode(reader, reader.size(), $undefined, _depth + 1, message.checkHash);
                        message.kind = "checkHash";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.stage = $root.machine.Stage.decode(reader, reader.size(), $undefined, _depth + 1, message.stage);
                        message.kind = "stage";
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.unstage = $root.machine.Unstage.decode(reader, reader.size(), $undefined, _depth + 1, message.unstage);
                        message.kind = "unstage";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.restore = $root.machine.Restore.decode(reader, reader.size(), $undefined, _depth + 1, message.restore);
                        message.kind = "restore";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.resize = $root.machine.Resize.decode(reader, reader.size(), $undefined, _depth + 1, message.resize);
                        message.kind = "resize";
                        continue;
                    }
                case 30: {
                        if (wireType !== 2)
                            break;
                        message.kvPut = $root.machine.KvPut.decode(reader, reader.size(), $undefined, _depth + 1, message.kvPut);
                        message.kind = "kvPut";
                        continue;
                    }
                case 31: {
                        if (wireType !== 2)
                            break;
                        message.kvDelete = $root.machine.KvDelete.decode(reader, reader.size(), $undefined, _depth + 1, message.kvDelete);
                        message.kind = "kvDelete";
                        continue;
                    }
                case 35: {
                        if (wireType !== 2)
                            break;
                        message.workConfigure = $root.machine.WorkConfigure.decode(reader, reader.size(), $undefined, _depth + 1, message.workConfigure);
                        message.kind = "workConfigure";
                        continue;
                    }
                case 36: {
                        if (wireType !== 2)
                            break;
                        message.workPut = $root.machine.WorkPut.decode(reader, reader.size(), $undefined, _depth + 1, message.workPut);
                        message.kind = "workPut";
                        continue;
                    }
                case 37: {
                        if (wireType !== 2)
                            break;
                        message.workRemove = $root.machine.WorkItem.decode(reader, reader.size(), $undefined, _depth + 1, message.workRemove);
                        message.kind = "workRemove";
                        continue;
                    }
                case 38: {
                        if (wireType !== 2)
                            break;
                        message.workRetry = $root.machine.WorkItem.decode(reader, reader.size(), $undefined, _depth + 1, message.workRetry);
                        message.kind = "workRetry";
                        continue;
                    }
                case 39: {
                        if (wireType !== 2)
                            break;
                        message.workSettle = $root.machine.WorkSettle.decode(reader, reader.size(), $undefined, _depth + 1, message.workSettle);
                        message.kind = "workSettle";
                        continue;
                    }
                case 40: {
                        if (wireType !== 2)
                            break;
                        message.workCheckpoint = $root.machine.WorkCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.workCheckpoint);
                        message.kind = "workCheckpoint";
                        continue;
                    }
                case 41: {
                        if (wireType !== 2)
                            break;
                        message.workAssign = $root.machine.WorkAssign.decode(reader, reader.size(), $undefined, _depth + 1, message.workAssign);
                        message.kind = "workAssign";
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

        return Command;
    })();

    machine.Nothing = (function() {

        /**
         * Properties of a Nothing.
         * @typedef {Object} machine.Nothing.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Nothing.
         * @memberof machine
         * @interface INothing
         * @augments machine.Nothing.$Properties
         * @deprecated Use machine.Nothing.$Properties instead.
         */

        /**
         * Shape of a Nothing.
         * @typedef {machine.Nothing.$Properties} machine.Nothing.$Shape
         */

        /**
         * Constructs a new Nothing.
         * @memberof machine
         * @classdesc Represents a Nothing.
         * @constructor
         * @param {machine.Nothing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Nothing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link machine.Nothing.verify|verify} messages.
         * @function encode
         * @memberof machine.Nothing
         * @static
         * @param {machine.Nothing.$Properties} message Nothing message or plain object to encode
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
         * @memberof machine.Nothing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Nothing & machine.Nothing.$Shape} Nothing
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
            message = _target || new $root.machine.Nothing();
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

    machine.Tick = (function() {

        /**
         * Properties of a Tick.
         * @typedef {Object} machine.Tick.$Properties
         * @property {number|null} [wallMs] Tick wallMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Tick.
         * @memberof machine
         * @interface ITick
         * @augments machine.Tick.$Properties
         * @deprecated Use machine.Tick.$Properties instead.
         */

        /**
         * Shape of a Tick.
         * @typedef {machine.Tick.$Properties} machine.Tick.$Shape
         */

        /**
         * Constructs a new Tick.
         * @memberof machine
         * @classdesc Represents a Tick.
         * @constructor
         * @param {machine.Tick.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Tick = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Tick wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Tick
         * @instance
         */
        Tick.prototype.wallMs = null;

        /**
         * Encodes the specified Tick message. Does not implicitly {@link machine.Tick.verify|verify} messages.
         * @function encode
         * @memberof machine.Tick
         * @static
         * @param {machine.Tick.$Properties} message Tick message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Tick.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.wallMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Tick message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Tick
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Tick & machine.Tick.$Shape} Tick
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Tick.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Tick();
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
                        message.wallMs = reader.uint64();
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

        return Tick;
    })();

    machine.RenewHosts = (function() {

        /**
         * Properties of a RenewHosts.
         * @typedef {Object} machine.RenewHosts.$Properties
         * @property {Array.<machine.Renewal.$Properties>|null} [items] RenewHosts items
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RenewHosts.
         * @memberof machine
         * @interface IRenewHosts
         * @augments machine.RenewHosts.$Properties
         * @deprecated Use machine.RenewHosts.$Properties instead.
         */

        /**
         * Shape of a RenewHosts.
         * @typedef {machine.RenewHosts.$Properties} machine.RenewHosts.$Shape
         */

        /**
         * Constructs a new RenewHosts.
         * @memberof machine
         * @classdesc Represents a RenewHosts.
         * @constructor
         * @param {machine.RenewHosts.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RenewHosts = function (properties) {
            this.items = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RenewHosts items.
         * @member {Array.<machine.Renewal.$Properties>} items
         * @memberof machine.RenewHosts
         * @instance
         */
        RenewHosts.prototype.items = $util.emptyArray;

        /**
         * Encodes the specified RenewHosts message. Does not implicitly {@link machine.RenewHosts.verify|verify} messages.
         * @function encode
         * @memberof machine.RenewHosts
         * @static
         * @param {machine.RenewHosts.$Properties} message RenewHosts message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RenewHosts.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.items != null && message.items.length)
                for (let i = 0; i < message.items.length; ++i)
                    $root.machine.Renewal.encode(message.items[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RenewHosts message from the specified reader or buffer.
         * @function decode
         * @memberof machine.RenewHosts
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.RenewHosts & machine.RenewHosts.$Shape} RenewHosts
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RenewHosts.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.RenewHosts();
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
                        message.items.push($root.machine.Renewal.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return RenewHosts;
    })();

    machine.Renewal = (function() {

        /**
         * Properties of a Renewal.
         * @typedef {Object} machine.Renewal.$Properties
         * @property {Uint8Array|null} [host] Renewal host
         * @property {number|null} [boot] Renewal boot
         * @property {number|null} [attempt] Renewal attempt
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Renewal.
         * @memberof machine
         * @interface IRenewal
         * @augments machine.Renewal.$Properties
         * @deprecated Use machine.Renewal.$Properties instead.
         */

        /**
         * Shape of a Renewal.
         * @typedef {machine.Renewal.$Properties} machine.Renewal.$Shape
         */

        /**
         * Constructs a new Renewal.
         * @memberof machine
         * @classdesc Represents a Renewal.
         * @constructor
         * @param {machine.Renewal.$Properties=} [properties] Properties to set
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
         * @memberof machine.Renewal
         * @instance
         */
        Renewal.prototype.host = $util.newBuffer([]);

        /**
         * Renewal boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Renewal
         * @instance
         */
        Renewal.prototype.boot = null;

        /**
         * Renewal attempt.
         * @member {number|null|undefined} attempt
         * @memberof machine.Renewal
         * @instance
         */
        Renewal.prototype.attempt = null;

        /**
         * Encodes the specified Renewal message. Does not implicitly {@link machine.Renewal.verify|verify} messages.
         * @function encode
         * @memberof machine.Renewal
         * @static
         * @param {machine.Renewal.$Properties} message Renewal message or plain object to encode
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
         * @memberof machine.Renewal
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Renewal & machine.Renewal.$Shape} Renewal
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
            message = _target || new $root.machine.Renewal();
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

    machine.Open = (function() {

        /**
         * Properties of an Open.
         * @typedef {Object} machine.Open.$Properties
         * @property {Uint8Array|null} [session] Open session
         * @property {Uint8Array|null} [secretHash] Open secretHash
         * @property {Uint8Array|null} [host] Open host
         * @property {number|null} [boot] Open boot
         * @property {number|null} [ttlMs] Open ttlMs
         * @property {number|null} [liveness] Open liveness
         * @property {string|null} [member] Open member
         * @property {string|null} [app] Open app
         * @property {number|null} [pid] Open pid
         * @property {number|null} [attachment] Open attachment
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Open.
         * @memberof machine
         * @interface IOpen
         * @augments machine.Open.$Properties
         * @deprecated Use machine.Open.$Properties instead.
         */

        /**
         * Shape of an Open.
         * @typedef {machine.Open.$Properties} machine.Open.$Shape
         */

        /**
         * Constructs a new Open.
         * @memberof machine
         * @classdesc Represents an Open.
         * @constructor
         * @param {machine.Open.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Open = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Open session.
         * @member {Uint8Array} session
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.session = $util.newBuffer([]);

        /**
         * Open secretHash.
         * @member {Uint8Array} secretHash
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.secretHash = $util.newBuffer([]);

        /**
         * Open host.
         * @member {Uint8Array} host
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.host = $util.newBuffer([]);

        /**
         * Open boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.boot = null;

        /**
         * Open ttlMs.
         * @member {number} ttlMs
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.ttlMs = 0;

        /**
         * Open liveness.
         * @member {number} liveness
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.liveness = 0;

        /**
         * Open member.
         * @member {string} member
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.member = "";

        /**
         * Open app.
         * @member {string} app
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.app = "";

        /**
         * Open pid.
         * @member {number} pid
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.pid = 0;

        /**
         * Open attachment.
         * @member {number|null|undefined} attachment
         * @memberof machine.Open
         * @instance
         */
        Open.prototype.attachment = null;

        /**
         * Encodes the specified Open message. Does not implicitly {@link machine.Open.verify|verify} messages.
         * @function encode
         * @memberof machine.Open
         * @static
         * @param {machine.Open.$Properties} message Open message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Open.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.secretHash != null && $Object.hasOwnProperty.call(message, "secretHash") && message.secretHash.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.secretHash);
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.host);
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.boot);
            if (message.ttlMs != null && $Object.hasOwnProperty.call(message, "ttlMs") && message.ttlMs !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.ttlMs);
            if (message.liveness != null && $Object.hasOwnProperty.call(message, "liveness") && message.liveness !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.liveness);
            if (message.member != null && $Object.hasOwnProperty.call(message, "member") && message.member !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.member);
            if (message.app != null && $Object.hasOwnProperty.call(message, "app") && message.app !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.app);
            if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.pid);
            if (message.attachment != null && $Object.hasOwnProperty.call(message, "attachment"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.attachment);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Open message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Open
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Open & machine.Open.$Shape} Open
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Open.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Open();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.secretHash = value;
                        else
                            delete message.secretHash;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.boot = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ttlMs = value;
                        else
                            delete message.ttlMs;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.liveness = value;
                        else
                            delete message.liveness;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.app = value;
                        else
                            delete message.app;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.pid = value;
                        else
                            delete message.pid;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.attachment = reader.uint64();
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

        return Open;
    })();

    machine.Attach = (function() {

        /**
         * Properties of an Attach.
         * @typedef {Object} machine.Attach.$Properties
         * @property {Uint8Array|null} [session] Attach session
         * @property {Uint8Array|null} [secretHash] Attach secretHash
         * @property {Uint8Array|null} [host] Attach host
         * @property {number|null} [boot] Attach boot
         * @property {number|null} [attachment] Attach attachment
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Attach.
         * @memberof machine
         * @interface IAttach
         * @augments machine.Attach.$Properties
         * @deprecated Use machine.Attach.$Properties instead.
         */

        /**
         * Shape of an Attach.
         * @typedef {machine.Attach.$Properties} machine.Attach.$Shape
         */

        /**
         * Constructs a new Attach.
         * @memberof machine
         * @classdesc Represents an Attach.
         * @constructor
         * @param {machine.Attach.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Attach = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Attach session.
         * @member {Uint8Array} session
         * @memberof machine.Attach
         * @instance
         */
        Attach.prototype.session = $util.newBuffer([]);

        /**
         * Attach secretHash.
         * @member {Uint8Array} secretHash
         * @memberof machine.Attach
         * @instance
         */
        Attach.prototype.secretHash = $util.newBuffer([]);

        /**
         * Attach host.
         * @member {Uint8Array} host
         * @memberof machine.Attach
         * @instance
         */
        Attach.prototype.host = $util.newBuffer([]);

        /**
         * Attach boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Attach
         * @instance
         */
        Attach.prototype.boot = null;

        /**
         * Attach attachment.
         * @member {number|null|undefined} attachment
         * @memberof machine.Attach
         * @instance
         */
        Attach.prototype.attachment = null;

        /**
         * Encodes the specified Attach message. Does not implicitly {@link machine.Attach.verify|verify} messages.
         * @function encode
         * @memberof machine.Attach
         * @static
         * @param {machine.Attach.$Properties} message Attach message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Attach.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.secretHash != null && $Object.hasOwnProperty.call(message, "secretHash") && message.secretHash.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.secretHash);
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.host);
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.boot);
            if (message.attachment != null && $Object.hasOwnProperty.call(message, "attachment"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.attachment);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Attach message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Attach
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Attach & machine.Attach.$Shape} Attach
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Attach.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Attach();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.secretHash = value;
                        else
                            delete message.secretHash;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.boot = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.attachment = reader.uint64();
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

        return Attach;
    })();

    machine.Attachment = (function() {

        /**
         * Properties of an Attachment.
         * @typedef {Object} machine.Attachment.$Properties
         * @property {number|null} [boot] Attachment boot
         * @property {number|null} [attachment] Attachment attachment
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Attachment.
         * @memberof machine
         * @interface IAttachment
         * @augments machine.Attachment.$Properties
         * @deprecated Use machine.Attachment.$Properties instead.
         */

        /**
         * Shape of an Attachment.
         * @typedef {machine.Attachment.$Properties} machine.Attachment.$Shape
         */

        /**
         * Constructs a new Attachment.
         * @memberof machine
         * @classdesc Represents an Attachment.
         * @constructor
         * @param {machine.Attachment.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Attachment = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Attachment boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Attachment
         * @instance
         */
        Attachment.prototype.boot = null;

        /**
         * Attachment attachment.
         * @member {number|null|undefined} attachment
         * @memberof machine.Attachment
         * @instance
         */
        Attachment.prototype.attachment = null;

        /**
         * Encodes the specified Attachment message. Does not implicitly {@link machine.Attachment.verify|verify} messages.
         * @function encode
         * @memberof machine.Attachment
         * @static
         * @param {machine.Attachment.$Properties} message Attachment message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Attachment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.boot);
            if (message.attachment != null && $Object.hasOwnProperty.call(message, "attachment"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.attachment);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Attachment message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Attachment
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Attachment & machine.Attachment.$Shape} Attachment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Attachment.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Attachment();
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
                        message.boot = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.attachment = reader.uint64();
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

        return Attachment;
    })();

    machine.Detach = (function() {

        /**
         * Properties of a Detach.
         * @typedef {Object} machine.Detach.$Properties
         * @property {Uint8Array|null} [session] Detach session
         * @property {machine.Attachment.$Properties|null} [of] Detach of
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Detach.
         * @memberof machine
         * @interface IDetach
         * @augments machine.Detach.$Properties
         * @deprecated Use machine.Detach.$Properties instead.
         */

        /**
         * Shape of a Detach.
         * @typedef {machine.Detach.$Properties} machine.Detach.$Shape
         */

        /**
         * Constructs a new Detach.
         * @memberof machine
         * @classdesc Represents a Detach.
         * @constructor
         * @param {machine.Detach.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Detach = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Detach session.
         * @member {Uint8Array} session
         * @memberof machine.Detach
         * @instance
         */
        Detach.prototype.session = $util.newBuffer([]);

        /**
         * Detach of.
         * @member {machine.Attachment.$Properties|null|undefined} of
         * @memberof machine.Detach
         * @instance
         */
        Detach.prototype.of = null;

        /**
         * Encodes the specified Detach message. Does not implicitly {@link machine.Detach.verify|verify} messages.
         * @function encode
         * @memberof machine.Detach
         * @static
         * @param {machine.Detach.$Properties} message Detach message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Detach.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.of != null && $Object.hasOwnProperty.call(message, "of"))
                $root.machine.Attachment.encode(message.of, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Detach message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Detach
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Detach & machine.Detach.$Shape} Detach
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Detach.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Detach();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.of = $root.machine.Attachment.decode(reader, reader.size(), $undefined, _depth + 1, message.of);
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

        return Detach;
    })();

    machine.End = (function() {

        /**
         * Properties of an End.
         * @typedef {Object} machine.End.$Properties
         * @property {Uint8Array|null} [session] End session
         * @property {machine.Attachment.$Properties|null} [of] End of
         * @property {number|null} [cause] End cause
         * @property {boolean|null} [isGone] End isGone
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an End.
         * @memberof machine
         * @interface IEnd
         * @augments machine.End.$Properties
         * @deprecated Use machine.End.$Properties instead.
         */

        /**
         * Shape of an End.
         * @typedef {machine.End.$Properties} machine.End.$Shape
         */

        /**
         * Constructs a new End.
         * @memberof machine
         * @classdesc Represents an End.
         * @constructor
         * @param {machine.End.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const End = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * End session.
         * @member {Uint8Array} session
         * @memberof machine.End
         * @instance
         */
        End.prototype.session = $util.newBuffer([]);

        /**
         * End of.
         * @member {machine.Attachment.$Properties|null|undefined} of
         * @memberof machine.End
         * @instance
         */
        End.prototype.of = null;

        /**
         * End cause.
         * @member {number} cause
         * @memberof machine.End
         * @instance
         */
        End.prototype.cause = 0;

        /**
         * End isGone.
         * @member {boolean} isGone
         * @memberof machine.End
         * @instance
         */
        End.prototype.isGone = false;

        /**
         * Encodes the specified End message. Does not implicitly {@link machine.End.verify|verify} messages.
         * @function encode
         * @memberof machine.End
         * @static
         * @param {machine.End.$Properties} message End message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        End.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.of != null && $Object.hasOwnProperty.call(message, "of"))
                $root.machine.Attachment.encode(message.of, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.cause);
            if (message.isGone != null && $Object.hasOwnProperty.call(message, "isGone") && message.isGone !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isGone);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an End message from the specified reader or buffer.
         * @function decode
         * @memberof machine.End
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.End & machine.End.$Shape} End
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        End.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.End();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.of = $root.machine.Attachment.decode(reader, reader.size(), $undefined, _depth + 1, message.of);
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.cause = value;
                        else
                            delete message.cause;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isGone = value;
                        else
                            delete message.isGone;
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

        return End;
    })();

    machine.RemoveHost = (function() {

        /**
         * Properties of a RemoveHost.
         * @typedef {Object} machine.RemoveHost.$Properties
         * @property {Uint8Array|null} [host] RemoveHost host
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RemoveHost.
         * @memberof machine
         * @interface IRemoveHost
         * @augments machine.RemoveHost.$Properties
         * @deprecated Use machine.RemoveHost.$Properties instead.
         */

        /**
         * Shape of a RemoveHost.
         * @typedef {machine.RemoveHost.$Properties} machine.RemoveHost.$Shape
         */

        /**
         * Constructs a new RemoveHost.
         * @memberof machine
         * @classdesc Represents a RemoveHost.
         * @constructor
         * @param {machine.RemoveHost.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RemoveHost = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RemoveHost host.
         * @member {Uint8Array} host
         * @memberof machine.RemoveHost
         * @instance
         */
        RemoveHost.prototype.host = $util.newBuffer([]);

        /**
         * Encodes the specified RemoveHost message. Does not implicitly {@link machine.RemoveHost.verify|verify} messages.
         * @function encode
         * @memberof machine.RemoveHost
         * @static
         * @param {machine.RemoveHost.$Properties} message RemoveHost message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RemoveHost.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.host);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RemoveHost message from the specified reader or buffer.
         * @function decode
         * @memberof machine.RemoveHost
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.RemoveHost & machine.RemoveHost.$Shape} RemoveHost
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RemoveHost.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.RemoveHost();
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

        return RemoveHost;
    })();

    machine.EndHost = (function() {

        /**
         * Properties of an EndHost.
         * @typedef {Object} machine.EndHost.$Properties
         * @property {Uint8Array|null} [host] EndHost host
         * @property {number|null} [boot] EndHost boot
         * @property {boolean|null} [isGone] EndHost isGone
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EndHost.
         * @memberof machine
         * @interface IEndHost
         * @augments machine.EndHost.$Properties
         * @deprecated Use machine.EndHost.$Properties instead.
         */

        /**
         * Shape of an EndHost.
         * @typedef {machine.EndHost.$Properties} machine.EndHost.$Shape
         */

        /**
         * Constructs a new EndHost.
         * @memberof machine
         * @classdesc Represents an EndHost.
         * @constructor
         * @param {machine.EndHost.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EndHost = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EndHost host.
         * @member {Uint8Array} host
         * @memberof machine.EndHost
         * @instance
         */
        EndHost.prototype.host = $util.newBuffer([]);

        /**
         * EndHost boot.
         * @member {number|null|undefined} boot
         * @memberof machine.EndHost
         * @instance
         */
        EndHost.prototype.boot = null;

        /**
         * EndHost isGone.
         * @member {boolean} isGone
         * @memberof machine.EndHost
         * @instance
         */
        EndHost.prototype.isGone = false;

        /**
         * Encodes the specified EndHost message. Does not implicitly {@link machine.EndHost.verify|verify} messages.
         * @function encode
         * @memberof machine.EndHost
         * @static
         * @param {machine.EndHost.$Properties} message EndHost message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EndHost.encode = function (message, writer, _depth) {
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
            if (message.isGone != null && $Object.hasOwnProperty.call(message, "isGone") && message.isGone !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isGone);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an EndHost message from the specified reader or buffer.
         * @function decode
         * @memberof machine.EndHost
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.EndHost & machine.EndHost.$Shape} EndHost
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EndHost.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.EndHost();
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
                        if (value = reader.bool())
                            message.isGone = value;
                        else
                            delete message.isGone;
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

        return EndHost;
    })();

    machine.Request = (function() {

        /**
         * Properties of a Request.
         * @typedef {Object} machine.Request.$Properties
         * @property {Uint8Array|null} [session] Request session
         * @property {number|null} [seq] Request seq
         * @property {number|null} [floor] Request floor
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Request.
         * @memberof machine
         * @interface IRequest
         * @augments machine.Request.$Properties
         * @deprecated Use machine.Request.$Properties instead.
         */

        /**
         * Shape of a Request.
         * @typedef {machine.Request.$Properties} machine.Request.$Shape
         */

        /**
         * Constructs a new Request.
         * @memberof machine
         * @classdesc Represents a Request.
         * @constructor
         * @param {machine.Request.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Request = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Request session.
         * @member {Uint8Array} session
         * @memberof machine.Request
         * @instance
         */
        Request.prototype.session = $util.newBuffer([]);

        /**
         * Request seq.
         * @member {number|null|undefined} seq
         * @memberof machine.Request
         * @instance
         */
        Request.prototype.seq = null;

        /**
         * Request floor.
         * @member {number|null|undefined} floor
         * @memberof machine.Request
         * @instance
         */
        Request.prototype.floor = null;

        /**
         * Encodes the specified Request message. Does not implicitly {@link machine.Request.verify|verify} messages.
         * @function encode
         * @memberof machine.Request
         * @static
         * @param {machine.Request.$Properties} message Request message or plain object to encode
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
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.floor != null && $Object.hasOwnProperty.call(message, "floor"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.floor);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Request
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Request & machine.Request.$Shape} Request
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
            message = _target || new $root.machine.Request();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.seq = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.floor = reader.uint64();
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

    machine.Acquire = (function() {

        /**
         * Properties of an Acquire.
         * @typedef {Object} machine.Acquire.$Properties
         * @property {machine.Request.$Properties|null} [request] Acquire request
         * @property {number|null} [hold] Acquire hold
         * @property {Array.<string>|null} [names] Acquire names
         * @property {boolean|null} [isShared] Acquire isShared
         * @property {number|null} [waitMs] Acquire waitMs
         * @property {number|null} [priority] Acquire priority
         * @property {number|null} [maxHoldMs] Acquire maxHoldMs
         * @property {number|null} [lockDelayMs] Acquire lockDelayMs
         * @property {string|null} [note] Acquire note
         * @property {string|null} [value] Acquire value
         * @property {number|null} [limit] Acquire limit
         * @property {number|null} [weight] Acquire weight
         * @property {string|null} [id] Acquire id
         * @property {boolean|null} [ready] Acquire ready
         * @property {machine.Worker.$Properties|null} [worker] Acquire worker
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Acquire.
         * @memberof machine
         * @interface IAcquire
         * @augments machine.Acquire.$Properties
         * @deprecated Use machine.Acquire.$Properties instead.
         */

        /**
         * Shape of an Acquire.
         * @typedef {machine.Acquire.$Properties} machine.Acquire.$Shape
         */

        /**
         * Constructs a new Acquire.
         * @memberof machine
         * @classdesc Represents an Acquire.
         * @constructor
         * @param {machine.Acquire.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Acquire = function (properties) {
            this.names = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Acquire request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.request = null;

        /**
         * Acquire hold.
         * @member {number} hold
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.hold = 0;

        /**
         * Acquire names.
         * @member {Array.<string>} names
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.names = $util.emptyArray;

        /**
         * Acquire isShared.
         * @member {boolean} isShared
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.isShared = false;

        /**
         * Acquire waitMs.
         * @member {number|null|undefined} waitMs
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.waitMs = null;

        /**
         * Acquire priority.
         * @member {number} priority
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.priority = 0;

        /**
         * Acquire maxHoldMs.
         * @member {number|null|undefined} maxHoldMs
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.maxHoldMs = null;

        /**
         * Acquire lockDelayMs.
         * @member {number} lockDelayMs
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.lockDelayMs = 0;

        /**
         * Acquire note.
         * @member {string|null|undefined} note
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.note = null;

        /**
         * Acquire value.
         * @member {string|null|undefined} value
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.value = null;

        /**
         * Acquire limit.
         * @member {number|null|undefined} limit
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.limit = null;

        /**
         * Acquire weight.
         * @member {number|null|undefined} weight
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.weight = null;

        /**
         * Acquire id.
         * @member {string|null|undefined} id
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.id = null;

        /**
         * Acquire ready.
         * @member {boolean|null|undefined} ready
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.ready = null;

        /**
         * Acquire worker.
         * @member {machine.Worker.$Properties|null|undefined} worker
         * @memberof machine.Acquire
         * @instance
         */
        Acquire.prototype.worker = null;

        /**
         * Encodes the specified Acquire message. Does not implicitly {@link machine.Acquire.verify|verify} messages.
         * @function encode
         * @memberof machine.Acquire
         * @static
         * @param {machine.Acquire.$Properties} message Acquire message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Acquire.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.hold != null && $Object.hasOwnProperty.call(message, "hold") && message.hold !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.hold);
            if (message.isShared != null && $Object.hasOwnProperty.call(message, "isShared") && message.isShared !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isShared);
            if (message.waitMs != null && $Object.hasOwnProperty.call(message, "waitMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.waitMs);
            if (message.priority != null && $Object.hasOwnProperty.call(message, "priority") && message.priority !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).sint32(message.priority);
            if (message.maxHoldMs != null && $Object.hasOwnProperty.call(message, "maxHoldMs"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.maxHoldMs);
            if (message.lockDelayMs != null && $Object.hasOwnProperty.call(message, "lockDelayMs") && message.lockDelayMs !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.lockDelayMs);
            if (message.note != null && $Object.hasOwnProperty.call(message, "note"))
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.note);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                writer.uint32(/* id 9, wireType 2 =*/74).string(message.value);
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.limit);
            if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.weight);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                writer.uint32(/* id 12, wireType 2 =*/98).string(message.id);
            if (message.names != null && message.names.length)
                for (let i = 0; i < message.names.length; ++i)
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.names[i]);
            if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                writer.uint32(/* id 16, wireType 0 =*/128).bool(message.ready);
            if (message.worker != null && $Object.hasOwnProperty.call(message, "worker"))
                $root.machine.Worker.encode(message.worker, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Acquire message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Acquire
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Acquire & machine.Acquire.$Shape} Acquire
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Acquire.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Acquire();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.hold = value;
                        else
                            delete message.hold;
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        if (!(message.names && message.names.length))
                            message.names = [];
                        message.names.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isShared = value;
                        else
                            delete message.isShared;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.waitMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.sint32())
                            message.priority = value;
                        else
                            delete message.priority;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.maxHoldMs = reader.uint64();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lockDelayMs = value;
                        else
                            delete message.lockDelayMs;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.note = reader.stringVerify();
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.value = reader.stringVerify();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.limit = reader.uint64();
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        message.weight = reader.uint64();
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.id = reader.stringVerify();
                        continue;
                    }
                case 16: {
                        if (wireType !== 0)
                            break;
                        message.ready = reader.bool();
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.worker = $root.machine.Worker.decode(reader, reader.size(), $undefined, _depth + 1, message.worker);
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

        return Acquire;
    })();

    machine.Worker = (function() {

        /**
         * Properties of a Worker.
         * @typedef {Object} machine.Worker.$Properties
         * @property {number|null} [capacity] Worker capacity
         * @property {string|null} [zone] Worker zone
         * @property {Array.<machine.Tag.$Properties>|null} [tags] Worker tags
         * @property {boolean|null} [isLeaving] Worker isLeaving
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Worker.
         * @memberof machine
         * @interface IWorker
         * @augments machine.Worker.$Properties
         * @deprecated Use machine.Worker.$Properties instead.
         */

        /**
         * Shape of a Worker.
         * @typedef {machine.Worker.$Properties} machine.Worker.$Shape
         */

        /**
         * Constructs a new Worker.
         * @memberof machine
         * @classdesc Represents a Worker.
         * @constructor
         * @param {machine.Worker.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Worker = function (properties) {
            this.tags = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Worker capacity.
         * @member {number|null|undefined} capacity
         * @memberof machine.Worker
         * @instance
         */
        Worker.prototype.capacity = null;

        /**
         * Worker zone.
         * @member {string|null|undefined} zone
         * @memberof machine.Worker
         * @instance
         */
        Worker.prototype.zone = null;

        /**
         * Worker tags.
         * @member {Array.<machine.Tag.$Properties>} tags
         * @memberof machine.Worker
         * @instance
         */
        Worker.prototype.tags = $util.emptyArray;

        /**
         * Worker isLeaving.
         * @member {boolean} isLeaving
         * @memberof machine.Worker
         * @instance
         */
        Worker.prototype.isLeaving = false;

        /**
         * Encodes the specified Worker message. Does not implicitly {@link machine.Worker.verify|verify} messages.
         * @function encode
         * @memberof machine.Worker
         * @static
         * @param {machine.Worker.$Properties} message Worker message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Worker.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.capacity != null && $Object.hasOwnProperty.call(message, "capacity"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.capacity);
            if (message.zone != null && $Object.hasOwnProperty.call(message, "zone"))
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.zone);
            if (message.isLeaving != null && $Object.hasOwnProperty.call(message, "isLeaving") && message.isLeaving !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isLeaving);
            if (message.tags != null && message.tags.length)
                for (let i = 0; i < message.tags.length; ++i)
                    $root.machine.Tag.encode(message.tags[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Worker message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Worker
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Worker & machine.Worker.$Shape} Worker
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Worker.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Worker();
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
                        message.capacity = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.zone = reader.stringVerify();
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tags && message.tags.length))
                            message.tags = [];
                        message.tags.push($root.machine.Tag.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isLeaving = value;
                        else
                            delete message.isLeaving;
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

        return Worker;
    })();

    machine.Tag = (function() {

        /**
         * Properties of a Tag.
         * @typedef {Object} machine.Tag.$Properties
         * @property {string|null} [key] Tag key
         * @property {string|null} [value] Tag value
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Tag.
         * @memberof machine
         * @interface ITag
         * @augments machine.Tag.$Properties
         * @deprecated Use machine.Tag.$Properties instead.
         */

        /**
         * Shape of a Tag.
         * @typedef {machine.Tag.$Properties} machine.Tag.$Shape
         */

        /**
         * Constructs a new Tag.
         * @memberof machine
         * @classdesc Represents a Tag.
         * @constructor
         * @param {machine.Tag.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Tag = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Tag key.
         * @member {string} key
         * @memberof machine.Tag
         * @instance
         */
        Tag.prototype.key = "";

        /**
         * Tag value.
         * @member {string} value
         * @memberof machine.Tag
         * @instance
         */
        Tag.prototype.value = "";

        /**
         * Encodes the specified Tag message. Does not implicitly {@link machine.Tag.verify|verify} messages.
         * @function encode
         * @memberof machine.Tag
         * @static
         * @param {machine.Tag.$Properties} message Tag message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Tag.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Tag message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Tag
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Tag & machine.Tag.$Shape} Tag
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Tag.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Tag();
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
                        if ((value = reader.stringVerify()).length)
                            message.value = value;
                        else
                            delete message.value;
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

        return Tag;
    })();

    machine.Resize = (function() {

        /**
         * Properties of a Resize.
         * @typedef {Object} machine.Resize.$Properties
         * @property {machine.Request.$Properties|null} [request] Resize request
         * @property {string|null} [name] Resize name
         * @property {number|null} [limit] Resize limit
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Resize.
         * @memberof machine
         * @interface IResize
         * @augments machine.Resize.$Properties
         * @deprecated Use machine.Resize.$Properties instead.
         */

        /**
         * Shape of a Resize.
         * @typedef {machine.Resize.$Properties} machine.Resize.$Shape
         */

        /**
         * Constructs a new Resize.
         * @memberof machine
         * @classdesc Represents a Resize.
         * @constructor
         * @param {machine.Resize.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Resize = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Resize request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.Resize
         * @instance
         */
        Resize.prototype.request = null;

        /**
         * Resize name.
         * @member {string} name
         * @memberof machine.Resize
         * @instance
         */
        Resize.prototype.name = "";

        /**
         * Resize limit.
         * @member {number|null|undefined} limit
         * @memberof machine.Resize
         * @instance
         */
        Resize.prototype.limit = null;

        /**
         * Encodes the specified Resize message. Does not implicitly {@link machine.Resize.verify|verify} messages.
         * @function encode
         * @memberof machine.Resize
         * @static
         * @param {machine.Resize.$Properties} message Resize message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Resize.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.limit);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Resize message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Resize
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Resize & machine.Resize.$Shape} Resize
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Resize.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Resize();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
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
                        message.limit = reader.uint64();
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

        return Resize;
    })();

    machine.KvPut = (function() {

        /**
         * Properties of a KvPut.
         * @typedef {Object} machine.KvPut.$Properties
         * @property {machine.Request.$Properties|null} [request] KvPut request
         * @property {string|null} [key] KvPut key
         * @property {string|null} [value] KvPut value
         * @property {number|null} [ifRev] KvPut ifRev
         * @property {machine.Guard.$Properties|null} [guard] KvPut guard
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a KvPut.
         * @memberof machine
         * @interface IKvPut
         * @augments machine.KvPut.$Properties
         * @deprecated Use machine.KvPut.$Properties instead.
         */

        /**
         * Shape of a KvPut.
         * @typedef {machine.KvPut.$Properties} machine.KvPut.$Shape
         */

        /**
         * Constructs a new KvPut.
         * @memberof machine
         * @classdesc Represents a KvPut.
         * @constructor
         * @param {machine.KvPut.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const KvPut = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * KvPut request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.KvPut
         * @instance
         */
        KvPut.prototype.request = null;

        /**
         * KvPut key.
         * @member {string} key
         * @memberof machine.KvPut
         * @instance
         */
        KvPut.prototype.key = "";

        /**
         * KvPut value.
         * @member {string} value
         * @memberof machine.KvPut
         * @instance
         */
        KvPut.prototype.value = "";

        /**
         * KvPut ifRev.
         * @member {number|null|undefined} ifRev
         * @memberof machine.KvPut
         * @instance
         */
        KvPut.prototype.ifRev = null;

        /**
         * KvPut guard.
         * @member {machine.Guard.$Properties|null|undefined} guard
         * @memberof machine.KvPut
         * @instance
         */
        KvPut.prototype.guard = null;

        /**
         * Encodes the specified KvPut message. Does not implicitly {@link machine.KvPut.verify|verify} messages.
         * @function encode
         * @memberof machine.KvPut
         * @static
         * @param {machine.KvPut.$Properties} message KvPut message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        KvPut.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.key);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.value);
            if (message.ifRev != null && $Object.hasOwnProperty.call(message, "ifRev"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.ifRev);
            if (message.guard != null && $Object.hasOwnProperty.call(message, "guard"))
                $root.machine.Guard.encode(message.guard, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a KvPut message from the specified reader or buffer.
         * @function decode
         * @memberof machine.KvPut
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.KvPut & machine.KvPut.$Shape} KvPut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        KvPut.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.KvPut();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.value = value;
                        else
                            delete message.value;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.ifRev = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.guard = $root.machine.Guard.decode(reader, reader.size(), $undefined, _depth + 1, message.guard);
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

        return KvPut;
    })();

    machine.KvDelete = (function() {

        /**
         * Properties of a KvDelete.
         * @typedef {Object} machine.KvDelete.$Properties
         * @property {machine.Request.$Properties|null} [request] KvDelete request
         * @property {string|null} [key] KvDelete key
         * @property {number|null} [ifRev] KvDelete ifRev
         * @property {machine.Guard.$Properties|null} [guard] KvDelete guard
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a KvDelete.
         * @memberof machine
         * @interface IKvDelete
         * @augments machine.KvDelete.$Properties
         * @deprecated Use machine.KvDelete.$Properties instead.
         */

        /**
         * Shape of a KvDelete.
         * @typedef {machine.KvDelete.$Properties} machine.KvDelete.$Shape
         */

        /**
         * Constructs a new KvDelete.
         * @memberof machine
         * @classdesc Represents a KvDelete.
         * @constructor
         * @param {machine.KvDelete.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const KvDelete = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * KvDelete request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.KvDelete
         * @instance
         */
        KvDelete.prototype.request = null;

        /**
         * KvDelete key.
         * @member {string} key
         * @memberof machine.KvDelete
         * @instance
         */
        KvDelete.prototype.key = "";

        /**
         * KvDelete ifRev.
         * @member {number|null|undefined} ifRev
         * @memberof machine.KvDelete
         * @instance
         */
        KvDelete.prototype.ifRev = null;

        /**
         * KvDelete guard.
         * @member {machine.Guard.$Properties|null|undefined} guard
         * @memberof machine.KvDelete
         * @instance
         */
        KvDelete.prototype.guard = null;

        /**
         * Encodes the specified KvDelete message. Does not implicitly {@link machine.KvDelete.verify|verify} messages.
         * @function encode
         * @memberof machine.KvDelete
         * @static
         * @param {machine.KvDelete.$Properties} message KvDelete message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        KvDelete.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.key);
            if (message.ifRev != null && $Object.hasOwnProperty.call(message, "ifRev"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.ifRev);
            if (message.guard != null && $Object.hasOwnProperty.call(message, "guard"))
                $root.machine.Guard.encode(message.guard, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a KvDelete message from the specified reader or buffer.
         * @function decode
         * @memberof machine.KvDelete
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.KvDelete & machine.KvDelete.$Shape} KvDelete
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        KvDelete.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.KvDelete();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.ifRev = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.guard = $root.machine.Guard.decode(reader, reader.size(), $undefined, _depth + 1, message.guard);
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

        return KvDelete;
    })();

    machine.Guard = (function() {

        /**
         * Properties of a Guard.
         * @typedef {Object} machine.Guard.$Properties
         * @property {number|null} [kind] Guard kind
         * @property {string|null} [name] Guard name
         * @property {number|null} [token] Guard token
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Guard.
         * @memberof machine
         * @interface IGuard
         * @augments machine.Guard.$Properties
         * @deprecated Use machine.Guard.$Properties instead.
         */

        /**
         * Shape of a Guard.
         * @typedef {machine.Guard.$Properties} machine.Guard.$Shape
         */

        /**
         * Constructs a new Guard.
         * @memberof machine
         * @classdesc Represents a Guard.
         * @constructor
         * @param {machine.Guard.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Guard = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Guard kind.
         * @member {number} kind
         * @memberof machine.Guard
         * @instance
         */
        Guard.prototype.kind = 0;

        /**
         * Guard name.
         * @member {string} name
         * @memberof machine.Guard
         * @instance
         */
        Guard.prototype.name = "";

        /**
         * Guard token.
         * @member {number|null|undefined} token
         * @memberof machine.Guard
         * @instance
         */
        Guard.prototype.token = null;

        /**
         * Encodes the specified Guard message. Does not implicitly {@link machine.Guard.verify|verify} messages.
         * @function encode
         * @memberof machine.Guard
         * @static
         * @param {machine.Guard.$Properties} message Guard message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Guard.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.kind);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.token);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Guard message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Guard
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Guard & machine.Guard.$Shape} Guard
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Guard.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Guard();
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

        return Guard;
    })();

    machine.Release = (function() {

        /**
         * Properties of a Release.
         * @typedef {Object} machine.Release.$Properties
         * @property {machine.Request.$Properties|null} [request] Release request
         * @property {number|null} [token] Release token
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Release.
         * @memberof machine
         * @interface IRelease
         * @augments machine.Release.$Properties
         * @deprecated Use machine.Release.$Properties instead.
         */

        /**
         * Shape of a Release.
         * @typedef {machine.Release.$Properties} machine.Release.$Shape
         */

        /**
         * Constructs a new Release.
         * @memberof machine
         * @classdesc Represents a Release.
         * @constructor
         * @param {machine.Release.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Release = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Release request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.Release
         * @instance
         */
        Release.prototype.request = null;

        /**
         * Release token.
         * @member {number|null|undefined} token
         * @memberof machine.Release
         * @instance
         */
        Release.prototype.token = null;

        /**
         * Encodes the specified Release message. Does not implicitly {@link machine.Release.verify|verify} messages.
         * @function encode
         * @memberof machine.Release
         * @static
         * @param {machine.Release.$Properties} message Release message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Release.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.token);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Release message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Release
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Release & machine.Release.$Shape} Release
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Release.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Release();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
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

        return Release;
    })();

    machine.Update = (function() {

        /**
         * Properties of an Update.
         * @typedef {Object} machine.Update.$Properties
         * @property {machine.Request.$Properties|null} [request] Update request
         * @property {number|null} [token] Update token
         * @property {string|null} [note] Update note
         * @property {string|null} [value] Update value
         * @property {boolean|null} [ready] Update ready
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Update.
         * @memberof machine
         * @interface IUpdate
         * @augments machine.Update.$Properties
         * @deprecated Use machine.Update.$Properties instead.
         */

        /**
         * Shape of an Update.
         * @typedef {machine.Update.$Properties} machine.Update.$Shape
         */

        /**
         * Constructs a new Update.
         * @memberof machine
         * @classdesc Represents an Update.
         * @constructor
         * @param {machine.Update.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Update = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Update request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.Update
         * @instance
         */
        Update.prototype.request = null;

        /**
         * Update token.
         * @member {number|null|undefined} token
         * @memberof machine.Update
         * @instance
         */
        Update.prototype.token = null;

        /**
         * Update note.
         * @member {string|null|undefined} note
         * @memberof machine.Update
         * @instance
         */
        Update.prototype.note = null;

        /**
         * Update value.
         * @member {string|null|undefined} value
         * @memberof machine.Update
         * @instance
         */
        Update.prototype.value = null;

        /**
         * Update ready.
         * @member {boolean|null|undefined} ready
         * @memberof machine.Update
         * @instance
         */
        Update.prototype.ready = null;

        /**
         * Encodes the specified Update message. Does not implicitly {@link machine.Update.verify|verify} messages.
         * @function encode
         * @memberof machine.Update
         * @static
         * @param {machine.Update.$Properties} message Update message or plain object to encode
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
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.token);
            if (message.note != null && $Object.hasOwnProperty.call(message, "note"))
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.note);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.value);
            if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.ready);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Update message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Update
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Update & machine.Update.$Shape} Update
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
            message = _target || new $root.machine.Update();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.note = reader.stringVerify();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.value = reader.stringVerify();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.ready = reader.bool();
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

    machine.Transfer = (function() {

        /**
         * Properties of a Transfer.
         * @typedef {Object} machine.Transfer.$Properties
         * @property {machine.Request.$Properties|null} [request] Transfer request
         * @property {number|null} [token] Transfer token
         * @property {string|null} [to] Transfer to
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Transfer.
         * @memberof machine
         * @interface ITransfer
         * @augments machine.Transfer.$Properties
         * @deprecated Use machine.Transfer.$Properties instead.
         */

        /**
         * Shape of a Transfer.
         * @typedef {machine.Transfer.$Properties} machine.Transfer.$Shape
         */

        /**
         * Constructs a new Transfer.
         * @memberof machine
         * @classdesc Represents a Transfer.
         * @constructor
         * @param {machine.Transfer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Transfer = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Transfer request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.Transfer
         * @instance
         */
        Transfer.prototype.request = null;

        /**
         * Transfer token.
         * @member {number|null|undefined} token
         * @memberof machine.Transfer
         * @instance
         */
        Transfer.prototype.token = null;

        /**
         * Transfer to.
         * @member {string|null|undefined} to
         * @memberof machine.Transfer
         * @instance
         */
        Transfer.prototype.to = null;

        /**
         * Encodes the specified Transfer message. Does not implicitly {@link machine.Transfer.verify|verify} messages.
         * @function encode
         * @memberof machine.Transfer
         * @static
         * @param {machine.Transfer.$Properties} message Transfer message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Transfer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.token);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.to);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Transfer message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Transfer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Transfer & machine.Transfer.$Shape} Transfer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Transfer.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Transfer();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.to = reader.stringVerify();
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

        return Transfer;
    })();

    machine.Revoke = (function() {

        /**
         * Properties of a Revoke.
         * @typedef {Object} machine.Revoke.$Properties
         * @property {Uint8Array|null} [session] Revoke session
         * @property {number|null} [hold] Revoke hold
         * @property {string|null} [name] Revoke name
         * @property {number|null} [token] Revoke token
         * @property {number|null} [graceMs] Revoke graceMs
         * @property {string|null} [by] Revoke by
         * @property {string|null} [reason] Revoke reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Revoke.
         * @memberof machine
         * @interface IRevoke
         * @augments machine.Revoke.$Properties
         * @deprecated Use machine.Revoke.$Properties instead.
         */

        /**
         * Shape of a Revoke.
         * @typedef {machine.Revoke.$Properties} machine.Revoke.$Shape
         */

        /**
         * Constructs a new Revoke.
         * @memberof machine
         * @classdesc Represents a Revoke.
         * @constructor
         * @param {machine.Revoke.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Revoke = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Revoke session.
         * @member {Uint8Array|null|undefined} session
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.session = null;

        /**
         * Revoke hold.
         * @member {number} hold
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.hold = 0;

        /**
         * Revoke name.
         * @member {string} name
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.name = "";

        /**
         * Revoke token.
         * @member {number|null|undefined} token
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.token = null;

        /**
         * Revoke graceMs.
         * @member {number|null|undefined} graceMs
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.graceMs = null;

        /**
         * Revoke by.
         * @member {string} by
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.by = "";

        /**
         * Revoke reason.
         * @member {string} reason
         * @memberof machine.Revoke
         * @instance
         */
        Revoke.prototype.reason = "";

        /**
         * Encodes the specified Revoke message. Does not implicitly {@link machine.Revoke.verify|verify} messages.
         * @function encode
         * @memberof machine.Revoke
         * @static
         * @param {machine.Revoke.$Properties} message Revoke message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Revoke.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.hold != null && $Object.hasOwnProperty.call(message, "hold") && message.hold !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.hold);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.graceMs != null && $Object.hasOwnProperty.call(message, "graceMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.graceMs);
            if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.by);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Revoke message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Revoke
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Revoke & machine.Revoke.$Shape} Revoke
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Revoke.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Revoke();
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
                        message.session = reader.bytes();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.hold = value;
                        else
                            delete message.hold;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.graceMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.by = value;
                        else
                            delete message.by;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
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

        return Revoke;
    })();

    machine.Found = (function() {

        /**
         * Properties of a Found.
         * @typedef {Object} machine.Found.$Properties
         * @property {string|null} [clusterId] Found clusterId
         * @property {number|null} [wallMs] Found wallMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Found.
         * @memberof machine
         * @interface IFound
         * @augments machine.Found.$Properties
         * @deprecated Use machine.Found.$Properties instead.
         */

        /**
         * Shape of a Found.
         * @typedef {machine.Found.$Properties} machine.Found.$Shape
         */

        /**
         * Constructs a new Found.
         * @memberof machine
         * @classdesc Represents a Found.
         * @constructor
         * @param {machine.Found.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Found = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Found clusterId.
         * @member {string} clusterId
         * @memberof machine.Found
         * @instance
         */
        Found.prototype.clusterId = "";

        /**
         * Found wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Found
         * @instance
         */
        Found.prototype.wallMs = null;

        /**
         * Encodes the specified Found message. Does not implicitly {@link machine.Found.verify|verify} messages.
         * @function encode
         * @memberof machine.Found
         * @static
         * @param {machine.Found.$Properties} message Found message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Found.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.wallMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Found message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Found
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Found & machine.Found.$Shape} Found
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Found.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Found();
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
                            message.clusterId = value;
                        else
                            delete message.clusterId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.wallMs = reader.uint64();
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

        return Found;
    })();

    machine.Recover = (function() {

        /**
         * Properties of a Recover.
         * @typedef {Object} machine.Recover.$Properties
         * @property {number|null} [wallMs] Recover wallMs
         * @property {number|null} [snapshotWallMs] Recover snapshotWallMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Recover.
         * @memberof machine
         * @interface IRecover
         * @augments machine.Recover.$Properties
         * @deprecated Use machine.Recover.$Properties instead.
         */

        /**
         * Shape of a Recover.
         * @typedef {machine.Recover.$Properties} machine.Recover.$Shape
         */

        /**
         * Constructs a new Recover.
         * @memberof machine
         * @classdesc Represents a Recover.
         * @constructor
         * @param {machine.Recover.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Recover = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Recover wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Recover
         * @instance
         */
        Recover.prototype.wallMs = null;

        /**
         * Recover snapshotWallMs.
         * @member {number|null|undefined} snapshotWallMs
         * @memberof machine.Recover
         * @instance
         */
        Recover.prototype.snapshotWallMs = null;

        /**
         * Encodes the specified Recover message. Does not implicitly {@link machine.Recover.verify|verify} messages.
         * @function encode
         * @memberof machine.Recover
         * @static
         * @param {machine.Recover.$Properties} message Recover message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Recover.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.wallMs);
            if (message.snapshotWallMs != null && $Object.hasOwnProperty.call(message, "snapshotWallMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.snapshotWallMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Recover message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Recover
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Recover & machine.Recover.$Shape} Recover
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Recover.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Recover();
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
                        message.wallMs = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.snapshotWallMs = reader.uint64();
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

        return Recover;
    })();

    machine.CheckHash = (function() {

        /**
         * Properties of a CheckHash.
         * @typedef {Object} machine.CheckHash.$Properties
         * @property {number|null} [index] CheckHash index
         * @property {string|null} [hash] CheckHash hash
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a CheckHash.
         * @memberof machine
         * @interface ICheckHash
         * @augments machine.CheckHash.$Properties
         * @deprecated Use machine.CheckHash.$Properties instead.
         */

        /**
         * Shape of a CheckHash.
         * @typedef {machine.CheckHash.$Properties} machine.CheckHash.$Shape
         */

        /**
         * Constructs a new CheckHash.
         * @memberof machine
         * @classdesc Represents a CheckHash.
         * @constructor
         * @param {machine.CheckHash.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const CheckHash = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * CheckHash index.
         * @member {number|null|undefined} index
         * @memberof machine.CheckHash
         * @instance
         */
        CheckHash.prototype.index = null;

        /**
         * CheckHash hash.
         * @member {string} hash
         * @memberof machine.CheckHash
         * @instance
         */
        CheckHash.prototype.hash = "";

        /**
         * Encodes the specified CheckHash message. Does not implicitly {@link machine.CheckHash.verify|verify} messages.
         * @function encode
         * @memberof machine.CheckHash
         * @static
         * @param {machine.CheckHash.$Properties} message CheckHash message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        CheckHash.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.index);
            if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.hash);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a CheckHash message from the specified reader or buffer.
         * @function decode
         * @memberof machine.CheckHash
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.CheckHash & machine.CheckHash.$Shape} CheckHash
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        CheckHash.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.CheckHash();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hash = value;
                        else
                            delete message.hash;
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

        return CheckHash;
    })();

    machine.Stage = (function() {

        /**
         * Properties of a Stage.
         * @typedef {Object} machine.Stage.$Properties
         * @property {Uint8Array|null} [restore] Stage restore
         * @property {number|null} [part] Stage part
         * @property {Uint8Array|null} [data] Stage data
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Stage.
         * @memberof machine
         * @interface IStage
         * @augments machine.Stage.$Properties
         * @deprecated Use machine.Stage.$Properties instead.
         */

        /**
         * Shape of a Stage.
         * @typedef {machine.Stage.$Properties} machine.Stage.$Shape
         */

        /**
         * Constructs a new Stage.
         * @memberof machine
         * @classdesc Represents a Stage.
         * @constructor
         * @param {machine.Stage.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Stage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Stage restore.
         * @member {Uint8Array} restore
         * @memberof machine.Stage
         * @instance
         */
        Stage.prototype.restore = $util.newBuffer([]);

        /**
         * Stage part.
         * @member {number} part
         * @memberof machine.Stage
         * @instance
         */
        Stage.prototype.part = 0;

        /**
         * Stage data.
         * @member {Uint8Array} data
         * @memberof machine.Stage
         * @instance
         */
        Stage.prototype.data = $util.newBuffer([]);

        /**
         * Encodes the specified Stage message. Does not implicitly {@link machine.Stage.verify|verify} messages.
         * @function encode
         * @memberof machine.Stage
         * @static
         * @param {machine.Stage.$Properties} message Stage message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Stage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.restore != null && $Object.hasOwnProperty.call(message, "restore") && message.restore.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.restore);
            if (message.part != null && $Object.hasOwnProperty.call(message, "part") && message.part !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.part);
            if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.data);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Stage message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Stage
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Stage & machine.Stage.$Shape} Stage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Stage.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Stage();
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
                            message.restore = value;
                        else
                            delete message.restore;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.part = value;
                        else
                            delete message.part;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.data = value;
                        else
                            delete message.data;
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

        return Stage;
    })();

    machine.Unstage = (function() {

        /**
         * Properties of an Unstage.
         * @typedef {Object} machine.Unstage.$Properties
         * @property {Uint8Array|null} [restore] Unstage restore
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Unstage.
         * @memberof machine
         * @interface IUnstage
         * @augments machine.Unstage.$Properties
         * @deprecated Use machine.Unstage.$Properties instead.
         */

        /**
         * Shape of an Unstage.
         * @typedef {machine.Unstage.$Properties} machine.Unstage.$Shape
         */

        /**
         * Constructs a new Unstage.
         * @memberof machine
         * @classdesc Represents an Unstage.
         * @constructor
         * @param {machine.Unstage.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Unstage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Unstage restore.
         * @member {Uint8Array} restore
         * @memberof machine.Unstage
         * @instance
         */
        Unstage.prototype.restore = $util.newBuffer([]);

        /**
         * Encodes the specified Unstage message. Does not implicitly {@link machine.Unstage.verify|verify} messages.
         * @function encode
         * @memberof machine.Unstage
         * @static
         * @param {machine.Unstage.$Properties} message Unstage message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Unstage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.restore != null && $Object.hasOwnProperty.call(message, "restore") && message.restore.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.restore);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Unstage message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Unstage
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Unstage & machine.Unstage.$Shape} Unstage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Unstage.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Unstage();
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
                            message.restore = value;
                        else
                            delete message.restore;
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

        return Unstage;
    })();

    machine.Restore = (function() {

        /**
         * Properties of a Restore.
         * @typedef {Object} machine.Restore.$Properties
         * @property {Uint8Array|null} [restore] Restore restore
         * @property {number|null} [parts] Restore parts
         * @property {number|null} [wallMs] Restore wallMs
         * @property {number|null} [savedWallMs] Restore savedWallMs
         * @property {number|null} [quietMs] Restore quietMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Restore.
         * @memberof machine
         * @interface IRestore
         * @augments machine.Restore.$Properties
         * @deprecated Use machine.Restore.$Properties instead.
         */

        /**
         * Shape of a Restore.
         * @typedef {machine.Restore.$Properties} machine.Restore.$Shape
         */

        /**
         * Constructs a new Restore.
         * @memberof machine
         * @classdesc Represents a Restore.
         * @constructor
         * @param {machine.Restore.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Restore = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Restore restore.
         * @member {Uint8Array} restore
         * @memberof machine.Restore
         * @instance
         */
        Restore.prototype.restore = $util.newBuffer([]);

        /**
         * Restore parts.
         * @member {number} parts
         * @memberof machine.Restore
         * @instance
         */
        Restore.prototype.parts = 0;

        /**
         * Restore wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Restore
         * @instance
         */
        Restore.prototype.wallMs = null;

        /**
         * Restore savedWallMs.
         * @member {number|null|undefined} savedWallMs
         * @memberof machine.Restore
         * @instance
         */
        Restore.prototype.savedWallMs = null;

        /**
         * Restore quietMs.
         * @member {number} quietMs
         * @memberof machine.Restore
         * @instance
         */
        Restore.prototype.quietMs = 0;

        /**
         * Encodes the specified Restore message. Does not implicitly {@link machine.Restore.verify|verify} messages.
         * @function encode
         * @memberof machine.Restore
         * @static
         * @param {machine.Restore.$Properties} message Restore message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Restore.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.restore != null && $Object.hasOwnProperty.call(message, "restore") && message.restore.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.restore);
            if (message.parts != null && $Object.hasOwnProperty.call(message, "parts") && message.parts !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.parts);
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.wallMs);
            if (message.savedWallMs != null && $Object.hasOwnProperty.call(message, "savedWallMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.savedWallMs);
            if (message.quietMs != null && $Object.hasOwnProperty.call(message, "quietMs") && message.quietMs !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.quietMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Restore message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Restore
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Restore & machine.Restore.$Shape} Restore
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Restore.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Restore();
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
                            message.restore = value;
                        else
                            delete message.restore;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.parts = value;
                        else
                            delete message.parts;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.wallMs = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.savedWallMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.quietMs = value;
                        else
                            delete message.quietMs;
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

        return Restore;
    })();

    machine.WorkConfigure = (function() {

        /**
         * Properties of a WorkConfigure.
         * @typedef {Object} machine.WorkConfigure.$Properties
         * @property {machine.Request.$Properties|null} [request] WorkConfigure request
         * @property {string|null} [pool] WorkConfigure pool
         * @property {number|null} [partitions] WorkConfigure partitions
         * @property {number|null} [handoffTimeoutMs] WorkConfigure handoffTimeoutMs
         * @property {number|null} [restartGraceMs] WorkConfigure restartGraceMs
         * @property {number|null} [spread] WorkConfigure spread
         * @property {number|null} [maxAttempts] WorkConfigure maxAttempts
         * @property {number|null} [ifRev] WorkConfigure ifRev
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkConfigure.
         * @memberof machine
         * @interface IWorkConfigure
         * @augments machine.WorkConfigure.$Properties
         * @deprecated Use machine.WorkConfigure.$Properties instead.
         */

        /**
         * Shape of a WorkConfigure.
         * @typedef {machine.WorkConfigure.$Properties} machine.WorkConfigure.$Shape
         */

        /**
         * Constructs a new WorkConfigure.
         * @memberof machine
         * @classdesc Represents a WorkConfigure.
         * @constructor
         * @param {machine.WorkConfigure.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkConfigure = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkConfigure request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.request = null;

        /**
         * WorkConfigure pool.
         * @member {string} pool
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.pool = "";

        /**
         * WorkConfigure partitions.
         * @member {number|null|undefined} partitions
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.partitions = null;

        /**
         * WorkConfigure handoffTimeoutMs.
         * @member {number|null|undefined} handoffTimeoutMs
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.handoffTimeoutMs = null;

        /**
         * WorkConfigure restartGraceMs.
         * @member {number|null|undefined} restartGraceMs
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.restartGraceMs = null;

        /**
         * WorkConfigure spread.
         * @member {number|null|undefined} spread
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.spread = null;

        /**
         * WorkConfigure maxAttempts.
         * @member {number|null|undefined} maxAttempts
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.maxAttempts = null;

        /**
         * WorkConfigure ifRev.
         * @member {number|null|undefined} ifRev
         * @memberof machine.WorkConfigure
         * @instance
         */
        WorkConfigure.prototype.ifRev = null;

        /**
         * Encodes the specified WorkConfigure message. Does not implicitly {@link machine.WorkConfigure.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkConfigure
         * @static
         * @param {machine.WorkConfigure.$Properties} message WorkConfigure message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkConfigure.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.pool);
            if (message.partitions != null && $Object.hasOwnProperty.call(message, "partitions"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.partitions);
            if (message.handoffTimeoutMs != null && $Object.hasOwnProperty.call(message, "handoffTimeoutMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.handoffTimeoutMs);
            if (message.restartGraceMs != null && $Object.hasOwnProperty.call(message, "restartGraceMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.restartGraceMs);
            if (message.spread != null && $Object.hasOwnProperty.call(message, "spread"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.spread);
            if (message.maxAttempts != null && $Object.hasOwnProperty.call(message, "maxAttempts"))
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.maxAttempts);
            if (message.ifRev != null && $Object.hasOwnProperty.call(message, "ifRev"))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.ifRev);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkConfigure message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkConfigure
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkConfigure & machine.WorkConfigure.$Shape} WorkConfigure
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkConfigure.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkConfigure();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.partitions = reader.uint32();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.handoffTimeoutMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.restartGraceMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.spread = reader.uint32();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.maxAttempts = reader.uint32();
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.ifRev = reader.uint64();
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

        return WorkConfigure;
    })();

    machine.WorkPut = (function() {

        /**
         * Properties of a WorkPut.
         * @typedef {Object} machine.WorkPut.$Properties
         * @property {machine.Request.$Properties|null} [request] WorkPut request
         * @property {string|null} [pool] WorkPut pool
         * @property {string|null} [item] WorkPut item
         * @property {string|null} [payload] WorkPut payload
         * @property {number|null} [weight] WorkPut weight
         * @property {string|null} [pin] WorkPut pin
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkPut.
         * @memberof machine
         * @interface IWorkPut
         * @augments machine.WorkPut.$Properties
         * @deprecated Use machine.WorkPut.$Properties instead.
         */

        /**
         * Shape of a WorkPut.
         * @typedef {machine.WorkPut.$Properties} machine.WorkPut.$Shape
         */

        /**
         * Constructs a new WorkPut.
         * @memberof machine
         * @classdesc Represents a WorkPut.
         * @constructor
         * @param {machine.WorkPut.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkPut = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkPut request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.request = null;

        /**
         * WorkPut pool.
         * @member {string} pool
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.pool = "";

        /**
         * WorkPut item.
         * @member {string} item
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.item = "";

        /**
         * WorkPut payload.
         * @member {string|null|undefined} payload
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.payload = null;

        /**
         * WorkPut weight.
         * @member {number} weight
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.weight = 0;

        /**
         * WorkPut pin.
         * @member {string|null|undefined} pin
         * @memberof machine.WorkPut
         * @instance
         */
        WorkPut.prototype.pin = null;

        /**
         * Encodes the specified WorkPut message. Does not implicitly {@link machine.WorkPut.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkPut
         * @static
         * @param {machine.WorkPut.$Properties} message WorkPut message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkPut.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.item);
            if (message.payload != null && $Object.hasOwnProperty.call(message, "payload"))
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.payload);
            if (message.weight != null && $Object.hasOwnProperty.call(message, "weight") && message.weight !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.weight);
            if (message.pin != null && $Object.hasOwnProperty.call(message, "pin"))
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.pin);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkPut message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkPut
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkPut & machine.WorkPut.$Shape} WorkPut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkPut.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkPut();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.payload = reader.stringVerify();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.weight = value;
                        else
                            delete message.weight;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.pin = reader.stringVerify();
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

        return WorkPut;
    })();

    machine.WorkItem = (function() {

        /**
         * Properties of a WorkItem.
         * @typedef {Object} machine.WorkItem.$Properties
         * @property {machine.Request.$Properties|null} [request] WorkItem request
         * @property {string|null} [pool] WorkItem pool
         * @property {string|null} [item] WorkItem item
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkItem.
         * @memberof machine
         * @interface IWorkItem
         * @augments machine.WorkItem.$Properties
         * @deprecated Use machine.WorkItem.$Properties instead.
         */

        /**
         * Shape of a WorkItem.
         * @typedef {machine.WorkItem.$Properties} machine.WorkItem.$Shape
         */

        /**
         * Constructs a new WorkItem.
         * @memberof machine
         * @classdesc Represents a WorkItem.
         * @constructor
         * @param {machine.WorkItem.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkItem = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkItem request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.WorkItem
         * @instance
         */
        WorkItem.prototype.request = null;

        /**
         * WorkItem pool.
         * @member {string} pool
         * @memberof machine.WorkItem
         * @instance
         */
        WorkItem.prototype.pool = "";

        /**
         * WorkItem item.
         * @member {string} item
         * @memberof machine.WorkItem
         * @instance
         */
        WorkItem.prototype.item = "";

        /**
         * Encodes the specified WorkItem message. Does not implicitly {@link machine.WorkItem.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkItem
         * @static
         * @param {machine.WorkItem.$Properties} message WorkItem message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkItem.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.item);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkItem message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkItem
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkItem & machine.WorkItem.$Shape} WorkItem
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkItem.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkItem();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
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

        return WorkItem;
    })();

    machine.WorkSettle = (function() {

        /**
         * Properties of a WorkSettle.
         * @typedef {Object} machine.WorkSettle.$Properties
         * @property {machine.Request.$Properties|null} [request] WorkSettle request
         * @property {string|null} [pool] WorkSettle pool
         * @property {string|null} [item] WorkSettle item
         * @property {number|null} [token] WorkSettle token
         * @property {number|null} [result] WorkSettle result
         * @property {string|null} [message] WorkSettle message
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkSettle.
         * @memberof machine
         * @interface IWorkSettle
         * @augments machine.WorkSettle.$Properties
         * @deprecated Use machine.WorkSettle.$Properties instead.
         */

        /**
         * Shape of a WorkSettle.
         * @typedef {machine.WorkSettle.$Properties} machine.WorkSettle.$Shape
         */

        /**
         * Constructs a new WorkSettle.
         * @memberof machine
         * @classdesc Represents a WorkSettle.
         * @constructor
         * @param {machine.WorkSettle.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkSettle = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkSettle request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.request = null;

        /**
         * WorkSettle pool.
         * @member {string} pool
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.pool = "";

        /**
         * WorkSettle item.
         * @member {string} item
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.item = "";

        /**
         * WorkSettle token.
         * @member {number|null|undefined} token
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.token = null;

        /**
         * WorkSettle result.
         * @member {number} result
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.result = 0;

        /**
         * WorkSettle message.
         * @member {string|null|undefined} message
         * @memberof machine.WorkSettle
         * @instance
         */
        WorkSettle.prototype.message = null;

        /**
         * Encodes the specified WorkSettle message. Does not implicitly {@link machine.WorkSettle.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkSettle
         * @static
         * @param {machine.WorkSettle.$Properties} message WorkSettle message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkSettle.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.item);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.result);
            if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.message);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkSettle message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkSettle
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkSettle & machine.WorkSettle.$Shape} WorkSettle
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkSettle.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkSettle();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.result = value;
                        else
                            delete message.result;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.message = reader.stringVerify();
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

        return WorkSettle;
    })();

    machine.WorkCheckpoint = (function() {

        /**
         * Properties of a WorkCheckpoint.
         * @typedef {Object} machine.WorkCheckpoint.$Properties
         * @property {machine.Request.$Properties|null} [request] WorkCheckpoint request
         * @property {string|null} [pool] WorkCheckpoint pool
         * @property {string|null} [item] WorkCheckpoint item
         * @property {number|null} [token] WorkCheckpoint token
         * @property {string|null} [value] WorkCheckpoint value
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkCheckpoint.
         * @memberof machine
         * @interface IWorkCheckpoint
         * @augments machine.WorkCheckpoint.$Properties
         * @deprecated Use machine.WorkCheckpoint.$Properties instead.
         */

        /**
         * Shape of a WorkCheckpoint.
         * @typedef {machine.WorkCheckpoint.$Properties} machine.WorkCheckpoint.$Shape
         */

        /**
         * Constructs a new WorkCheckpoint.
         * @memberof machine
         * @classdesc Represents a WorkCheckpoint.
         * @constructor
         * @param {machine.WorkCheckpoint.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkCheckpoint = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkCheckpoint request.
         * @member {machine.Request.$Properties|null|undefined} request
         * @memberof machine.WorkCheckpoint
         * @instance
         */
        WorkCheckpoint.prototype.request = null;

        /**
         * WorkCheckpoint pool.
         * @member {string} pool
         * @memberof machine.WorkCheckpoint
         * @instance
         */
        WorkCheckpoint.prototype.pool = "";

        /**
         * WorkCheckpoint item.
         * @member {string} item
         * @memberof machine.WorkCheckpoint
         * @instance
         */
        WorkCheckpoint.prototype.item = "";

        /**
         * WorkCheckpoint token.
         * @member {number|null|undefined} token
         * @memberof machine.WorkCheckpoint
         * @instance
         */
        WorkCheckpoint.prototype.token = null;

        /**
         * WorkCheckpoint value.
         * @member {string} value
         * @memberof machine.WorkCheckpoint
         * @instance
         */
        WorkCheckpoint.prototype.value = "";

        /**
         * Encodes the specified WorkCheckpoint message. Does not implicitly {@link machine.WorkCheckpoint.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkCheckpoint
         * @static
         * @param {machine.WorkCheckpoint.$Properties} message WorkCheckpoint message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkCheckpoint.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                $root.machine.Request.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.item);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.value);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkCheckpoint message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkCheckpoint
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkCheckpoint & machine.WorkCheckpoint.$Shape} WorkCheckpoint
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkCheckpoint.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkCheckpoint();
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
                        message.request = $root.machine.Request.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.value = value;
                        else
                            delete message.value;
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

        return WorkCheckpoint;
    })();

    machine.WorkAssign = (function() {

        /**
         * Properties of a WorkAssign.
         * @typedef {Object} machine.WorkAssign.$Properties
         * @property {string|null} [pool] WorkAssign pool
         * @property {Array.<machine.Move.$Properties>|null} [moves] WorkAssign moves
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a WorkAssign.
         * @memberof machine
         * @interface IWorkAssign
         * @augments machine.WorkAssign.$Properties
         * @deprecated Use machine.WorkAssign.$Properties instead.
         */

        /**
         * Shape of a WorkAssign.
         * @typedef {machine.WorkAssign.$Properties} machine.WorkAssign.$Shape
         */

        /**
         * Constructs a new WorkAssign.
         * @memberof machine
         * @classdesc Represents a WorkAssign.
         * @constructor
         * @param {machine.WorkAssign.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const WorkAssign = function (properties) {
            this.moves = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * WorkAssign pool.
         * @member {string} pool
         * @memberof machine.WorkAssign
         * @instance
         */
        WorkAssign.prototype.pool = "";

        /**
         * WorkAssign moves.
         * @member {Array.<machine.Move.$Properties>} moves
         * @memberof machine.WorkAssign
         * @instance
         */
        WorkAssign.prototype.moves = $util.emptyArray;

        /**
         * Encodes the specified WorkAssign message. Does not implicitly {@link machine.WorkAssign.verify|verify} messages.
         * @function encode
         * @memberof machine.WorkAssign
         * @static
         * @param {machine.WorkAssign.$Properties} message WorkAssign message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        WorkAssign.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.pool);
            if (message.moves != null && message.moves.length)
                for (let i = 0; i < message.moves.length; ++i)
                    $root.machine.Move.encode(message.moves[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a WorkAssign message from the specified reader or buffer.
         * @function decode
         * @memberof machine.WorkAssign
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.WorkAssign & machine.WorkAssign.$Shape} WorkAssign
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        WorkAssign.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.WorkAssign();
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
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.moves && message.moves.length))
                            message.moves = [];
                        message.moves.push($root.machine.Move.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return WorkAssign;
    })();

    machine.Move = (function() {

        /**
         * Properties of a Move.
         * @typedef {Object} machine.Move.$Properties
         * @property {string|null} [item] Move item
         * @property {Uint8Array|null} [session] Move session
         * @property {number|null} [seq] Move seq
         * @property {number|null} [token] Move token
         * @property {string|null} [reason] Move reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Move.
         * @memberof machine
         * @interface IMove
         * @augments machine.Move.$Properties
         * @deprecated Use machine.Move.$Properties instead.
         */

        /**
         * Shape of a Move.
         * @typedef {machine.Move.$Properties} machine.Move.$Shape
         */

        /**
         * Constructs a new Move.
         * @memberof machine
         * @classdesc Represents a Move.
         * @constructor
         * @param {machine.Move.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Move = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Move item.
         * @member {string} item
         * @memberof machine.Move
         * @instance
         */
        Move.prototype.item = "";

        /**
         * Move session.
         * @member {Uint8Array|null|undefined} session
         * @memberof machine.Move
         * @instance
         */
        Move.prototype.session = null;

        /**
         * Move seq.
         * @member {number|null|undefined} seq
         * @memberof machine.Move
         * @instance
         */
        Move.prototype.seq = null;

        /**
         * Move token.
         * @member {number|null|undefined} token
         * @memberof machine.Move
         * @instance
         */
        Move.prototype.token = null;

        /**
         * Move reason.
         * @member {string} reason
         * @memberof machine.Move
         * @instance
         */
        Move.prototype.reason = "";

        /**
         * Encodes the specified Move message. Does not implicitly {@link machine.Move.verify|verify} messages.
         * @function encode
         * @memberof machine.Move
         * @static
         * @param {machine.Move.$Properties} message Move message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Move.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.item);
            if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.session);
            if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.seq);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Move message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Move
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Move & machine.Move.$Shape} Move
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Move.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Move();
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
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.session = reader.bytes();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.seq = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
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

        return Move;
    })();

    machine.Record = (function() {

        /**
         * Properties of a Record.
         * @typedef {Object} machine.Record.$Properties
         * @property {machine.Meta.$Properties|null} [meta] Record meta
         * @property {machine.Host.$Properties|null} [host] Record host
         * @property {machine.Session.$Properties|null} [session] Record session
         * @property {machine.Name.$Properties|null} [name] Record name
         * @property {machine.Hold.$Properties|null} [hold] Record hold
         * @property {machine.Ended.$Properties|null} [ended] Record ended
         * @property {machine.Total.$Properties|null} [total] Record total
         * @property {machine.Staged.$Properties|null} [staged] Record staged
         * @property {machine.Entry.$Properties|null} [entry] Record entry
         * @property {machine.Pool.$Properties|null} [pool] Record pool
         * @property {machine.Item.$Properties|null} [item] Record item
         * @property {machine.Tombstone.$Properties|null} [tombstone] Record tombstone
         * @property {machine.Answers.$Properties|null} [answers] Record answers
         * @property {"meta"|"host"|"session"|"name"|"hold"|"ended"|"total"|"staged"|"entry"|"pool"|"item"|"tombstone"|"answers"} [kind] Record kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Record.
         * @memberof machine
         * @interface IRecord
         * @augments machine.Record.$Properties
         * @deprecated Use machine.Record.$Properties instead.
         */

        /**
         * Narrowed shape of a Record.
         * @typedef {{
         *   meta?: machine.Meta.$Shape|null;
         *   host?: machine.Host.$Shape|null;
         *   session?: machine.Session.$Shape|null;
         *   name?: machine.Name.$Shape|null;
         *   hold?: machine.Hold.$Shape|null;
         *   ended?: machine.Ended.$Shape|null;
         *   total?: machine.Total.$Shape|null;
         *   staged?: machine.Staged.$Shape|null;
         *   entry?: machine.Entry.$Shape|null;
         *   pool?: machine.Pool.$Shape|null;
         *   item?: machine.Item.$Shape|null;
         *   tombstone?: machine.Tombstone.$Shape|null;
         *   answers?: machine.Answers.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "meta"; meta: machine.Meta.$Shape; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "host"; meta?: null; host: machine.Host.$Shape; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "session"; meta?: null; host?: null; session: machine.Session.$Shape; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "name"; meta?: null; host?: null; session?: null; name: machine.Name.$Shape; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "hold"; meta?: null; host?: null; session?: null; name?: null; hold: machine.Hold.$Shape; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "ended"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended: machine.Ended.$Shape; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "total"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total: machine.Total.$Shape; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "staged"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged: machine.Staged.$Shape; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "entry"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry: machine.Entry.$Shape; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "pool"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool: machine.Pool.$Shape; item?: null; tombstone?: null; answers?: null }|{ kind?: "item"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item: machine.Item.$Shape; tombstone?: null; answers?: null }|{ kind?: "tombstone"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone: machine.Tombstone.$Shape; answers?: null }|{ kind?: "answers"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers: machine.Answers.$Shape })
         * )} machine.Record.$Shape
         */

        /**
         * Constructs a new Record.
         * @memberof machine
         * @classdesc Represents a Record.
         * @constructor
         * @param {machine.Record.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Record = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Record meta.
         * @member {machine.Meta.$Properties|null|undefined} meta
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.meta = null;

        /**
         * Record host.
         * @member {machine.Host.$Properties|null|undefined} host
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.host = null;

        /**
         * Record session.
         * @member {machine.Session.$Properties|null|undefined} session
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.session = null;

        /**
         * Record name.
         * @member {machine.Name.$Properties|null|undefined} name
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.name = null;

        /**
         * Record hold.
         * @member {machine.Hold.$Properties|null|undefined} hold
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.hold = null;

        /**
         * Record ended.
         * @member {machine.Ended.$Properties|null|undefined} ended
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.ended = null;

        /**
         * Record total.
         * @member {machine.Total.$Properties|null|undefined} total
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.total = null;

        /**
         * Record staged.
         * @member {machine.Staged.$Properties|null|undefined} staged
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.staged = null;

        /**
         * Record entry.
         * @member {machine.Entry.$Properties|null|undefined} entry
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.entry = null;

        /**
         * Record pool.
         * @member {machine.Pool.$Properties|null|undefined} pool
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.pool = null;

        /**
         * Record item.
         * @member {machine.Item.$Properties|null|undefined} item
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.item = null;

        /**
         * Record tombstone.
         * @member {machine.Tombstone.$Properties|null|undefined} tombstone
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.tombstone = null;

        /**
         * Record answers.
         * @member {machine.Answers.$Properties|null|undefined} answers
         * @memberof machine.Record
         * @instance
         */
        Record.prototype.answers = null;

        /**
         * Record kind.
         * @member {"meta"|"host"|"session"|"name"|"hold"|"ended"|"total"|"staged"|"entry"|"pool"|"item"|"tombstone"|"answers"|undefined} kind
         * @memberof machine.Record
         * @instance
         */
        /**
         * Encodes the specified Record message. Does not implicitly {@link machine.Record.verify|verify} messages.
         * @function encode
         * @memberof machine.Record
         * @static
         * @param {machine.Record.$Properties} message Record message or plain object to encode
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
            if (message.meta != null && $Object.hasOwnProperty.call(message, "meta"))
                $root.machine.Meta.encode(message.meta, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.host != null && $Object.hasOwnProperty.call(message, "host"))
                $root.machine.Host.encode(message.host, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                $root.machine.Session.encode(message.session, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                $root.machine.Name.encode(message.name, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.hold != null && $Object.hasOwnProperty.call(message, "hold"))
                $root.machine.Hold.encode(message.hold, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                $root.machine.Ended.encode(message.ended, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.total != null && $Object.hasOwnProperty.call(message, "total"))
                $root.machine.Total.encode(message.total, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.staged != null && $Object.hasOwnProperty.call(message, "staged"))
                $root.machine.Staged.encode(message.staged, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.entry != null && $Object.hasOwnProperty.call(message, "entry"))
                $root.machine.Entry.encode(message.entry, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool"))
                $root.machine.Pool.encode(message.pool, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
            if (message.item != null && $Object.hasOwnProperty.call(message, "item"))
                $root.machine.Item.encode(message.item, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
            if (message.tombstone != null && $Object.hasOwnProperty.call(message, "tombstone"))
                $root.machine.Tombstone.encode(message.tombstone, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
            if (message.answers != null && $Object.hasOwnProperty.call(message, "answers"))
                $root.machine.Answers.encode(message.answers, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Record message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Record
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Record & machine.Record.$Shape} Record
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
            message = _target || new $root.machine.Record();
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
                        message.meta = $root.machine.Meta.decode(reader, reader.size(), $undefined, _depth + 1, message.meta);
                        message.kind = "meta";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.host = $root.machine.Host.decode(reader, reader.size(), $undefined, _depth + 1, message.host);
                        message.kind = "host";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.session = $root.machine.Session.decode(reader, reader.size(), $undefined, _depth + 1, message.session);
                        message.kind = "session";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.name = $root.machine.Name.decode(reader, reader.size(), $undefined, _depth + 1, message.name);
                        message.kind = "name";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.hold = $root.machine.Hold.decode(reader, reader.size(), $undefined, _depth + 1, message.hold);
                        message.kind = "hold";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.ended = $root.machine.Ended.decode(reader, reader.size(), $undefined, _depth + 1, message.ended);
                        message.kind = "ended";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.total = $root.machine.Total.decode(reader, reader.size(), $undefined, _depth + 1, message.total);
                        message.kind = "total";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.staged = $root.machine.Staged.decode(reader, reader.size(), $undefined, _depth + 1, message.staged);
                        message.kind = "staged";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.entry = $root.machine.Entry.decode(reader, reader.size(), $undefined, _depth + 1, message.entry);
                        message.kind = "entry";
                        continue;
                    }
                case 23: {
                        if (wireType !== 2)
                            break;
                        message.pool = $root.machine.Pool.decode(reader, reader.size(), $undefined, _depth + 1, message.pool);
                        message.kind = "pool";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.item = $root.machine.Item.decode(reader, reader.size(), $undefined, _depth + 1, message.item);
                        message.kind = "item";
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.tombstone = $root.machine.Tombstone.decode(reader, reader.size(), $undefined, _depth + 1, message.tombstone);
                        message.kind = "tombstone";
                        continue;
                    }
                case 26: {
                        if (wireType !== 2)
                            break;
                        message.answers = $root.machine.Answers.decode(reader, reader.size(), $undefined, _depth + 1, message.answers);
                        message.kind = "answers";
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

    machine.Meta = (function() {

        /**
         * Properties of a Meta.
         * @typedef {Object} machine.Meta.$Properties
         * @property {string|null} [clusterId] Meta clusterId
         * @property {number|null} [timeMs] Meta timeMs
         * @property {number|null} [rev] Meta rev
         * @property {number|null} [token] Meta token
         * @property {number|null} [order] Meta order
         * @property {number|null} [epoch] Meta epoch
         * @property {number|null} [wallMs] Meta wallMs
         * @property {number|null} [quietUntilMs] Meta quietUntilMs
         * @property {string|null} [restored] Meta restored
         * @property {Array.<machine.Wall.$Properties>|null} [walls] Meta walls
         * @property {Array.<Uint8Array>|null} [removed] Meta removed
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Meta.
         * @memberof machine
         * @interface IMeta
         * @augments machine.Meta.$Properties
         * @deprecated Use machine.Meta.$Properties instead.
         */

        /**
         * Shape of a Meta.
         * @typedef {machine.Meta.$Properties} machine.Meta.$Shape
         */

        /**
         * Constructs a new Meta.
         * @memberof machine
         * @classdesc Represents a Meta.
         * @constructor
         * @param {machine.Meta.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Meta = function (properties) {
            this.walls = [];
            this.removed = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Meta clusterId.
         * @member {string} clusterId
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.clusterId = "";

        /**
         * Meta timeMs.
         * @member {number|null|undefined} timeMs
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.timeMs = null;

        /**
         * Meta rev.
         * @member {number|null|undefined} rev
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.rev = null;

        /**
         * Meta token.
         * @member {number|null|undefined} token
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.token = null;

        /**
         * Meta order.
         * @member {number|null|undefined} order
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.order = null;

        /**
         * Meta epoch.
         * @member {number|null|undefined} epoch
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.epoch = null;

        /**
         * Meta wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.wallMs = null;

        /**
         * Meta quietUntilMs.
         * @member {number|null|undefined} quietUntilMs
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.quietUntilMs = null;

        /**
         * Meta restored.
         * @member {string} restored
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.restored = "";

        /**
         * Meta walls.
         * @member {Array.<machine.Wall.$Properties>} walls
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.walls = $util.emptyArray;

        /**
         * Meta removed.
         * @member {Array.<Uint8Array>} removed
         * @memberof machine.Meta
         * @instance
         */
        Meta.prototype.removed = $util.emptyArray;

        /**
         * Encodes the specified Meta message. Does not implicitly {@link machine.Meta.verify|verify} messages.
         * @function encode
         * @memberof machine.Meta
         * @static
         * @param {machine.Meta.$Properties} message Meta message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Meta.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
            if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.timeMs);
            if (message.rev != null && $Object.hasOwnProperty.call(message, "rev"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.rev);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.order);
            if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.epoch);
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.wallMs);
            if (message.quietUntilMs != null && $Object.hasOwnProperty.call(message, "quietUntilMs"))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.quietUntilMs);
            if (message.restored != null && $Object.hasOwnProperty.call(message, "restored") && message.restored !== "")
                writer.uint32(/* id 9, wireType 2 =*/74).string(message.restored);
            if (message.removed != null && message.removed.length)
                for (let i = 0; i < message.removed.length; ++i)
                    writer.uint32(/* id 13, wireType 2 =*/106).bytes(message.removed[i]);
            if (message.walls != null && message.walls.length)
                for (let i = 0; i < message.walls.length; ++i)
                    $root.machine.Wall.encode(message.walls[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Meta message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Meta
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Meta & machine.Meta.$Shape} Meta
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Meta.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Meta();
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
                            message.clusterId = value;
                        else
                            delete message.clusterId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.timeMs = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.rev = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.order = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.epoch = reader.uint64();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.wallMs = reader.uint64();
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.quietUntilMs = reader.uint64();
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.restored = value;
                        else
                            delete message.restored;
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        if (!(message.walls && message.walls.length))
                            message.walls = [];
                        message.walls.push($root.machine.Wall.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.removed && message.removed.length))
                            message.removed = [];
                        message.removed.push(reader.bytes());
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

        return Meta;
    })();

    machine.Wall = (function() {

        /**
         * Properties of a Wall.
         * @typedef {Object} machine.Wall.$Properties
         * @property {number|null} [timeMs] Wall timeMs
         * @property {number|null} [wallMs] Wall wallMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Wall.
         * @memberof machine
         * @interface IWall
         * @augments machine.Wall.$Properties
         * @deprecated Use machine.Wall.$Properties instead.
         */

        /**
         * Shape of a Wall.
         * @typedef {machine.Wall.$Properties} machine.Wall.$Shape
         */

        /**
         * Constructs a new Wall.
         * @memberof machine
         * @classdesc Represents a Wall.
         * @constructor
         * @param {machine.Wall.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Wall = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Wall timeMs.
         * @member {number|null|undefined} timeMs
         * @memberof machine.Wall
         * @instance
         */
        Wall.prototype.timeMs = null;

        /**
         * Wall wallMs.
         * @member {number|null|undefined} wallMs
         * @memberof machine.Wall
         * @instance
         */
        Wall.prototype.wallMs = null;

        /**
         * Encodes the specified Wall message. Does not implicitly {@link machine.Wall.verify|verify} messages.
         * @function encode
         * @memberof machine.Wall
         * @static
         * @param {machine.Wall.$Properties} message Wall message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Wall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.timeMs);
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.wallMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Wall message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Wall
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Wall & machine.Wall.$Shape} Wall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Wall.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Wall();
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
                        message.timeMs = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.wallMs = reader.uint64();
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

        return Wall;
    })();

    machine.Staged = (function() {

        /**
         * Properties of a Staged.
         * @typedef {Object} machine.Staged.$Properties
         * @property {Uint8Array|null} [restore] Staged restore
         * @property {number|null} [part] Staged part
         * @property {number|null} [atMs] Staged atMs
         * @property {Uint8Array|null} [data] Staged data
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Staged.
         * @memberof machine
         * @interface IStaged
         * @augments machine.Staged.$Properties
         * @deprecated Use machine.Staged.$Properties instead.
         */

        /**
         * Shape of a Staged.
         * @typedef {machine.Staged.$Properties} machine.Staged.$Shape
         */

        /**
         * Constructs a new Staged.
         * @memberof machine
         * @classdesc Represents a Staged.
         * @constructor
         * @param {machine.Staged.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Staged = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Staged restore.
         * @member {Uint8Array} restore
         * @memberof machine.Staged
         * @instance
         */
        Staged.prototype.restore = $util.newBuffer([]);

        /**
         * Staged part.
         * @member {number} part
         * @memberof machine.Staged
         * @instance
         */
        Staged.prototype.part = 0;

        /**
         * Staged atMs.
         * @member {number|null|undefined} atMs
         * @memberof machine.Staged
         * @instance
         */
        Staged.prototype.atMs = null;

        /**
         * Staged data.
         * @member {Uint8Array} data
         * @memberof machine.Staged
         * @instance
         */
        Staged.prototype.data = $util.newBuffer([]);

        /**
         * Encodes the specified Staged message. Does not implicitly {@link machine.Staged.verify|verify} messages.
         * @function encode
         * @memberof machine.Staged
         * @static
         * @param {machine.Staged.$Properties} message Staged message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Staged.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.restore != null && $Object.hasOwnProperty.call(message, "restore") && message.restore.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.restore);
            if (message.part != null && $Object.hasOwnProperty.call(message, "part") && message.part !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.part);
            if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.atMs);
            if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.data);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Staged message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Staged
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Staged & machine.Staged.$Shape} Staged
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Staged.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Staged();
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
                            message.restore = value;
                        else
                            delete message.restore;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.part = value;
                        else
                            delete message.part;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.atMs = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.data = value;
                        else
                            delete message.data;
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

        return Staged;
    })();

    machine.Entry = (function() {

        /**
         * Properties of an Entry.
         * @typedef {Object} machine.Entry.$Properties
         * @property {string|null} [key] Entry key
         * @property {string|null} [value] Entry value
         * @property {number|null} [modRev] Entry modRev
         * @property {number|null} [createRev] Entry createRev
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Entry.
         * @memberof machine
         * @interface IEntry
         * @augments machine.Entry.$Properties
         * @deprecated Use machine.Entry.$Properties instead.
         */

        /**
         * Shape of an Entry.
         * @typedef {machine.Entry.$Properties} machine.Entry.$Shape
         */

        /**
         * Constructs a new Entry.
         * @memberof machine
         * @classdesc Represents an Entry.
         * @constructor
         * @param {machine.Entry.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Entry = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Entry key.
         * @member {string} key
         * @memberof machine.Entry
         * @instance
         */
        Entry.prototype.key = "";

        /**
         * Entry value.
         * @member {string} value
         * @memberof machine.Entry
         * @instance
         */
        Entry.prototype.value = "";

        /**
         * Entry modRev.
         * @member {number|null|undefined} modRev
         * @memberof machine.Entry
         * @instance
         */
        Entry.prototype.modRev = null;

        /**
         * Entry createRev.
         * @member {number|null|undefined} createRev
         * @memberof machine.Entry
         * @instance
         */
        Entry.prototype.createRev = null;

        /**
         * Encodes the specified Entry message. Does not implicitly {@link machine.Entry.verify|verify} messages.
         * @function encode
         * @memberof machine.Entry
         * @static
         * @param {machine.Entry.$Properties} message Entry message or plain object to encode
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
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
            if (message.modRev != null && $Object.hasOwnProperty.call(message, "modRev"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.modRev);
            if (message.createRev != null && $Object.hasOwnProperty.call(message, "createRev"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.createRev);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Entry message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Entry
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Entry & machine.Entry.$Shape} Entry
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
            message = _target || new $root.machine.Entry();
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
                        if ((value = reader.stringVerify()).length)
                            message.value = value;
                        else
                            delete message.value;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.modRev = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.createRev = reader.uint64();
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

    machine.Host = (function() {

        /**
         * Properties of a Host.
         * @typedef {Object} machine.Host.$Properties
         * @property {Uint8Array|null} [id] Host id
         * @property {number|null} [boot] Host boot
         * @property {number|null} [renewedAtMs] Host renewedAtMs
         * @property {boolean|null} [isBraked] Host isBraked
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Host.
         * @memberof machine
         * @interface IHost
         * @augments machine.Host.$Properties
         * @deprecated Use machine.Host.$Properties instead.
         */

        /**
         * Shape of a Host.
         * @typedef {machine.Host.$Properties} machine.Host.$Shape
         */

        /**
         * Constructs a new Host.
         * @memberof machine
         * @classdesc Represents a Host.
         * @constructor
         * @param {machine.Host.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Host = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Host id.
         * @member {Uint8Array} id
         * @memberof machine.Host
         * @instance
         */
        Host.prototype.id = $util.newBuffer([]);

        /**
         * Host boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Host
         * @instance
         */
        Host.prototype.boot = null;

        /**
         * Host renewedAtMs.
         * @member {number|null|undefined} renewedAtMs
         * @memberof machine.Host
         * @instance
         */
        Host.prototype.renewedAtMs = null;

        /**
         * Host isBraked.
         * @member {boolean} isBraked
         * @memberof machine.Host
         * @instance
         */
        Host.prototype.isBraked = false;

        /**
         * Encodes the specified Host message. Does not implicitly {@link machine.Host.verify|verify} messages.
         * @function encode
         * @memberof machine.Host
         * @static
         * @param {machine.Host.$Properties} message Host message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Host.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.boot);
            if (message.renewedAtMs != null && $Object.hasOwnProperty.call(message, "renewedAtMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.renewedAtMs);
            if (message.isBraked != null && $Object.hasOwnProperty.call(message, "isBraked") && message.isBraked !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isBraked);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Host message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Host
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Host & machine.Host.$Shape} Host
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Host.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Host();
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
                        message.boot = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.renewedAtMs = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isBraked = value;
                        else
                            delete message.isBraked;
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

        return Host;
    })();

    machine.Session = (function() {

        /**
         * Properties of a Session.
         * @typedef {Object} machine.Session.$Properties
         * @property {Uint8Array|null} [id] Session id
         * @property {Uint8Array|null} [host] Session host
         * @property {Uint8Array|null} [secretHash] Session secretHash
         * @property {number|null} [ttlMs] Session ttlMs
         * @property {number|null} [liveness] Session liveness
         * @property {string|null} [member] Session member
         * @property {string|null} [app] Session app
         * @property {number|null} [pid] Session pid
         * @property {number|null} [openedAtMs] Session openedAtMs
         * @property {number|null} [attachment] Session attachment
         * @property {number|null} [detachedUntilMs] Session detachedUntilMs
         * @property {number|null} [boot] Session boot
         * @property {machine.Revoking.$Properties|null} [revoking] Session revoking
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Session.
         * @memberof machine
         * @interface ISession
         * @augments machine.Session.$Properties
         * @deprecated Use machine.Session.$Properties instead.
         */

        /**
         * Shape of a Session.
         * @typedef {machine.Session.$Properties} machine.Session.$Shape
         */

        /**
         * Constructs a new Session.
         * @memberof machine
         * @classdesc Represents a Session.
         * @constructor
         * @param {machine.Session.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Session = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Session id.
         * @member {Uint8Array} id
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.id = $util.newBuffer([]);

        /**
         * Session host.
         * @member {Uint8Array} host
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.host = $util.newBuffer([]);

        /**
         * Session secretHash.
         * @member {Uint8Array} secretHash
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.secretHash = $util.newBuffer([]);

        /**
         * Session ttlMs.
         * @member {number} ttlMs
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.ttlMs = 0;

        /**
         * Session liveness.
         * @member {number} liveness
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.liveness = 0;

        /**
         * Session member.
         * @member {string} member
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.member = "";

        /**
         * Session app.
         * @member {string} app
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.app = "";

        /**
         * Session pid.
         * @member {number} pid
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.pid = 0;

        /**
         * Session openedAtMs.
         * @member {number|null|undefined} openedAtMs
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.openedAtMs = null;

        /**
         * Session attachment.
         * @member {number|null|undefined} attachment
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.attachment = null;

        /**
         * Session detachedUntilMs.
         * @member {number|null|undefined} detachedUntilMs
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.detachedUntilMs = null;

        /**
         * Session boot.
         * @member {number|null|undefined} boot
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.boot = null;

        /**
         * Session revoking.
         * @member {machine.Revoking.$Properties|null|undefined} revoking
         * @memberof machine.Session
         * @instance
         */
        Session.prototype.revoking = null;

        /**
         * Encodes the specified Session message. Does not implicitly {@link machine.Session.verify|verify} messages.
         * @function encode
         * @memberof machine.Session
         * @static
         * @param {machine.Session.$Properties} message Session message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Session.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.host);
            if (message.secretHash != null && $Object.hasOwnProperty.call(message, "secretHash") && message.secretHash.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.secretHash);
            if (message.ttlMs != null && $Object.hasOwnProperty.call(message, "ttlMs") && message.ttlMs !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.ttlMs);
            if (message.liveness != null && $Object.hasOwnProperty.call(message, "liveness") && message.liveness !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.liveness);
            if (message.member != null && $Object.hasOwnProperty.call(message, "member") && message.member !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.member);
            if (message.app != null && $Object.hasOwnProperty.call(message, "app") && message.app !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.app);
            if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.pid);
            if (message.openedAtMs != null && $Object.hasOwnProperty.call(message, "openedAtMs"))
                writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.openedAtMs);
            if (message.attachment != null && $Object.hasOwnProperty.call(message, "attachment"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.attachment);
            if (message.detachedUntilMs != null && $Object.hasOwnProperty.call(message, "detachedUntilMs"))
                writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.detachedUntilMs);
            if (message.revoking != null && $Object.hasOwnProperty.call(message, "revoking"))
                $root.machine.Revoking.encode(message.revoking, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
            if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.boot);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Session message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Session
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Session & machine.Session.$Shape} Session
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Session.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Session();
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
                        if ((value = reader.bytes()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.secretHash = value;
                        else
                            delete message.secretHash;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ttlMs = value;
                        else
                            delete message.ttlMs;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.liveness = value;
                        else
                            delete message.liveness;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.app = value;
                        else
                            delete message.app;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.pid = value;
                        else
                            delete message.pid;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.openedAtMs = reader.uint64();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.attachment = reader.uint64();
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        message.detachedUntilMs = reader.uint64();
                        continue;
                    }
                case 17: {
                        if (wireType !== 0)
                            break;
                        message.boot = reader.uint64();
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.revoking = $root.machine.Revoking.decode(reader, reader.size(), $undefined, _depth + 1, message.revoking);
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

        return Session;
    })();

    machine.Revoking = (function() {

        /**
         * Properties of a Revoking.
         * @typedef {Object} machine.Revoking.$Properties
         * @property {string|null} [by] Revoking by
         * @property {string|null} [reason] Revoking reason
         * @property {number|null} [untilMs] Revoking untilMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Revoking.
         * @memberof machine
         * @interface IRevoking
         * @augments machine.Revoking.$Properties
         * @deprecated Use machine.Revoking.$Properties instead.
         */

        /**
         * Shape of a Revoking.
         * @typedef {machine.Revoking.$Properties} machine.Revoking.$Shape
         */

        /**
         * Constructs a new Revoking.
         * @memberof machine
         * @classdesc Represents a Revoking.
         * @constructor
         * @param {machine.Revoking.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Revoking = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Revoking by.
         * @member {string} by
         * @memberof machine.Revoking
         * @instance
         */
        Revoking.prototype.by = "";

        /**
         * Revoking reason.
         * @member {string} reason
         * @memberof machine.Revoking
         * @instance
         */
        Revoking.prototype.reason = "";

        /**
         * Revoking untilMs.
         * @member {number|null|undefined} untilMs
         * @memberof machine.Revoking
         * @instance
         */
        Revoking.prototype.untilMs = null;

        /**
         * Encodes the specified Revoking message. Does not implicitly {@link machine.Revoking.verify|verify} messages.
         * @function encode
         * @memberof machine.Revoking
         * @static
         * @param {machine.Revoking.$Properties} message Revoking message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Revoking.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.by);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
            if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.untilMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Revoking message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Revoking
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Revoking & machine.Revoking.$Shape} Revoking
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Revoking.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Revoking();
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
                            message.by = value;
                        else
                            delete message.by;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.untilMs = reader.uint64();
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

        return Revoking;
    })();

    machine.Name = (function() {

        /**
         * Properties of a Name.
         * @typedef {Object} machine.Name.$Properties
         * @property {number|null} [kind] Name kind
         * @property {string|null} [name] Name name
         * @property {number|null} [limit] Name limit
         * @property {number|null} [quietUntilMs] Name quietUntilMs
         * @property {number|null} [askedAtMs] Name askedAtMs
         * @property {number|null} [freedAt] Name freedAt
         * @property {machine.Figures.$Properties|null} [figures] Name figures
         * @property {Array.<machine.PastGrant.$Properties>|null} [history] Name history
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Name.
         * @memberof machine
         * @interface IName
         * @augments machine.Name.$Properties
         * @deprecated Use machine.Name.$Properties instead.
         */

        /**
         * Shape of a Name.
         * @typedef {machine.Name.$Properties} machine.Name.$Shape
         */

        /**
         * Constructs a new Name.
         * @memberof machine
         * @classdesc Represents a Name.
         * @constructor
         * @param {machine.Name.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Name = function (properties) {
            this.history = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Name kind.
         * @member {number} kind
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.kind = 0;

        /**
         * Name name.
         * @member {string} name
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.name = "";

        /**
         * Name limit.
         * @member {number|null|undefined} limit
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.limit = null;

        /**
         * Name quietUntilMs.
         * @member {number|null|undefined} quietUntilMs
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.quietUntilMs = null;

        /**
         * Name askedAtMs.
         * @member {number|null|undefined} askedAtMs
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.askedAtMs = null;

        /**
         * Name freedAt.
         * @member {number|null|undefined} freedAt
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.freedAt = null;

        /**
         * Name figures.
         * @member {machine.Figures.$Properties|null|undefined} figures
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.figures = null;

        /**
         * Name history.
         * @member {Array.<machine.PastGrant.$Properties>} history
         * @memberof machine.Name
         * @instance
         */
        Name.prototype.history = $util.emptyArray;

        /**
         * Encodes the specified Name message. Does not implicitly {@link machine.Name.verify|verify} messages.
         * @function encode
         * @memberof machine.Name
         * @static
         * @param {machine.Name.$Properties} message Name message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Name.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.kind);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.limit);
            if (message.quietUntilMs != null && $Object.hasOwnProperty.call(message, "quietUntilMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.quietUntilMs);
            if (message.askedAtMs != null && $Object.hasOwnProperty.call(message, "askedAtMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.askedAtMs);
            if (message.freedAt != null && $Object.hasOwnProperty.call(message, "freedAt"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.freedAt);
            if (message.figures != null && $Object.hasOwnProperty.call(message, "figures"))
                $root.machine.Figures.encode(message.figures, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.history != null && message.history.length)
                for (let i = 0; i < message.history.length; ++i)
                    $root.machine.PastGrant.encode(message.history[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Name message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Name
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Name & machine.Name.$Shape} Name
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Name.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Name();
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
                        message.limit = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.quietUntilMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.askedAtMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.freedAt = reader.uint64();
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.figures = $root.machine.Figures.decode(reader, reader.size(), $undefined, _depth + 1, message.figures);
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.history && message.history.length))
                            message.history = [];
                        message.history.push($root.machine.PastGrant.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Name;
    })();

    machine.Figures = (function() {

        /**
         * Properties of a Figures.
         * @typedef {Object} machine.Figures.$Properties
         * @property {number|null} [grants] Figures grants
         * @property {number|null} [lost] Figures lost
         * @property {number|null} [asked] Figures asked
         * @property {number|null} [heldMs] Figures heldMs
         * @property {number|null} [heldMaxMs] Figures heldMaxMs
         * @property {number|null} [waitedMs] Figures waitedMs
         * @property {number|null} [waitedMaxMs] Figures waitedMaxMs
         * @property {number|null} [letGoMs] Figures letGoMs
         * @property {number|null} [letGoMaxMs] Figures letGoMaxMs
         * @property {number|null} [queue] Figures queue
         * @property {number|null} [queueMax] Figures queueMax
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Figures.
         * @memberof machine
         * @interface IFigures
         * @augments machine.Figures.$Properties
         * @deprecated Use machine.Figures.$Properties instead.
         */

        /**
         * Shape of a Figures.
         * @typedef {machine.Figures.$Properties} machine.Figures.$Shape
         */

        /**
         * Constructs a new Figures.
         * @memberof machine
         * @classdesc Represents a Figures.
         * @constructor
         * @param {machine.Figures.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Figures = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Figures grants.
         * @member {number|null|undefined} grants
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.grants = null;

        /**
         * Figures lost.
         * @member {number|null|undefined} lost
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.lost = null;

        /**
         * Figures asked.
         * @member {number|null|undefined} asked
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.asked = null;

        /**
         * Figures heldMs.
         * @member {number|null|undefined} heldMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.heldMs = null;

        /**
         * Figures heldMaxMs.
         * @member {number|null|undefined} heldMaxMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.heldMaxMs = null;

        /**
         * Figures waitedMs.
         * @member {number|null|undefined} waitedMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.waitedMs = null;

        /**
         * Figures waitedMaxMs.
         * @member {number|null|undefined} waitedMaxMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.waitedMaxMs = null;

        /**
         * Figures letGoMs.
         * @member {number|null|undefined} letGoMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.letGoMs = null;

        /**
         * Figures letGoMaxMs.
         * @member {number|null|undefined} letGoMaxMs
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.letGoMaxMs = null;

        /**
         * Figures queue.
         * @member {number|null|undefined} queue
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.queue = null;

        /**
         * Figures queueMax.
         * @member {number|null|undefined} queueMax
         * @memberof machine.Figures
         * @instance
         */
        Figures.prototype.queueMax = null;

        /**
         * Encodes the specified Figures message. Does not implicitly {@link machine.Figures.verify|verify} messages.
         * @function encode
         * @memberof machine.Figures
         * @static
         * @param {machine.Figures.$Properties} message Figures message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Figures.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.grants != null && $Object.hasOwnProperty.call(message, "grants"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.grants);
            if (message.lost != null && $Object.hasOwnProperty.call(message, "lost"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.lost);
            if (message.asked != null && $Object.hasOwnProperty.call(message, "asked"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.asked);
            if (message.heldMs != null && $Object.hasOwnProperty.call(message, "heldMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.heldMs);
            if (message.heldMaxMs != null && $Object.hasOwnProperty.call(message, "heldMaxMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.heldMaxMs);
            if (message.waitedMs != null && $Object.hasOwnProperty.call(message, "waitedMs"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.waitedMs);
            if (message.waitedMaxMs != null && $Object.hasOwnProperty.call(message, "waitedMaxMs"))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.waitedMaxMs);
            if (message.letGoMs != null && $Object.hasOwnProperty.call(message, "letGoMs"))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.letGoMs);
            if (message.letGoMaxMs != null && $Object.hasOwnProperty.call(message, "letGoMaxMs"))
                writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.letGoMaxMs);
            if (message.queue != null && $Object.hasOwnProperty.call(message, "queue"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.queue);
            if (message.queueMax != null && $Object.hasOwnProperty.call(message, "queueMax"))
                writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.queueMax);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Figures message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Figures
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Figures & machine.Figures.$Shape} Figures
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Figures.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Figures();
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
                        message.grants = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.lost = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.asked = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.heldMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.heldMaxMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.waitedMs = reader.uint64();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.waitedMaxMs = reader.uint64();
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.letGoMs = reader.uint64();
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.letGoMaxMs = reader.uint64();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.queue = reader.uint64();
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        message.queueMax = reader.uint64();
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

        return Figures;
    })();

    machine.PastGrant = (function() {

        /**
         * Properties of a PastGrant.
         * @typedef {Object} machine.PastGrant.$Properties
         * @property {number|null} [token] PastGrant token
         * @property {string|null} [member] PastGrant member
         * @property {string|null} [app] PastGrant app
         * @property {number|null} [sinceMs] PastGrant sinceMs
         * @property {number|null} [untilMs] PastGrant untilMs
         * @property {number|null} [reason] PastGrant reason
         * @property {machine.Revoking.$Properties|null} [revoked] PastGrant revoked
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a PastGrant.
         * @memberof machine
         * @interface IPastGrant
         * @augments machine.PastGrant.$Properties
         * @deprecated Use machine.PastGrant.$Properties instead.
         */

        /**
         * Shape of a PastGrant.
         * @typedef {machine.PastGrant.$Properties} machine.PastGrant.$Shape
         */

        /**
         * Constructs a new PastGrant.
         * @memberof machine
         * @classdesc Represents a PastGrant.
         * @constructor
         * @param {machine.PastGrant.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const PastGrant = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * PastGrant token.
         * @member {number|null|undefined} token
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.token = null;

        /**
         * PastGrant member.
         * @member {string} member
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.member = "";

        /**
         * PastGrant app.
         * @member {string} app
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.app = "";

        /**
         * PastGrant sinceMs.
         * @member {number|null|undefined} sinceMs
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.sinceMs = null;

        /**
         * PastGrant untilMs.
         * @member {number|null|undefined} untilMs
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.untilMs = null;

        /**
         * PastGrant reason.
         * @member {number} reason
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.reason = 0;

        /**
         * PastGrant revoked.
         * @member {machine.Revoking.$Properties|null|undefined} revoked
         * @memberof machine.PastGrant
         * @instance
         */
        PastGrant.prototype.revoked = null;

        /**
         * Encodes the specified PastGrant message. Does not implicitly {@link machine.PastGrant.verify|verify} messages.
         * @function encode
         * @memberof machine.PastGrant
         * @static
         * @param {machine.PastGrant.$Properties} message PastGrant message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        PastGrant.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.token);
            if (message.member != null && $Object.hasOwnProperty.call(message, "member") && message.member !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.member);
            if (message.app != null && $Object.hasOwnProperty.call(message, "app") && message.app !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.app);
            if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.sinceMs);
            if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.untilMs);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.reason);
            if (message.revoked != null && $Object.hasOwnProperty.call(message, "revoked"))
                $root.machine.Revoking.encode(message.revoked, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a PastGrant message from the specified reader or buffer.
         * @function decode
         * @memberof machine.PastGrant
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.PastGrant & machine.PastGrant.$Shape} PastGrant
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        PastGrant.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.PastGrant();
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
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.app = value;
                        else
                            delete message.app;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.sinceMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.untilMs = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.revoked = $root.machine.Revoking.decode(reader, reader.size(), $undefined, _depth + 1, message.revoked);
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

        return PastGrant;
    })();

    machine.Hold = (function() {

        /**
         * Properties of a Hold.
         * @typedef {Object} machine.Hold.$Properties
         * @property {Uint8Array|null} [session] Hold session
         * @property {number|null} [seq] Hold seq
         * @property {number|null} [kind] Hold kind
         * @property {Array.<string>|null} [names] Hold names
         * @property {boolean|null} [isShared] Hold isShared
         * @property {number|null} [weight] Hold weight
         * @property {number|null} [order] Hold order
         * @property {number|null} [priority] Hold priority
         * @property {number|null} [queuedAtMs] Hold queuedAtMs
         * @property {number|null} [waitUntilMs] Hold waitUntilMs
         * @property {number|null} [maxHoldMs] Hold maxHoldMs
         * @property {number|null} [lockDelayMs] Hold lockDelayMs
         * @property {string|null} [note] Hold note
         * @property {string|null} [value] Hold value
         * @property {number|null} [token] Hold token
         * @property {number|null} [grantedAtMs] Hold grantedAtMs
         * @property {machine.Revoking.$Properties|null} [revoking] Hold revoking
         * @property {string|null} [id] Hold id
         * @property {boolean|null} [ready] Hold ready
         * @property {machine.Worker.$Properties|null} [worker] Hold worker
         * @property {number|null} [askedAtMs] Hold askedAtMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Hold.
         * @memberof machine
         * @interface IHold
         * @augments machine.Hold.$Properties
         * @deprecated Use machine.Hold.$Properties instead.
         */

        /**
         * Shape of a Hold.
         * @typedef {machine.Hold.$Properties} machine.Hold.$Shape
         */

        /**
         * Constructs a new Hold.
         * @memberof machine
         * @classdesc Represents a Hold.
         * @constructor
         * @param {machine.Hold.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Hold = function (properties) {
            this.names = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Hold session.
         * @member {Uint8Array} session
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.session = $util.newBuffer([]);

        /**
         * Hold seq.
         * @member {number|null|undefined} seq
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.seq = null;

        /**
         * Hold kind.
         * @member {number} kind
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.kind = 0;

        /**
         * Hold names.
         * @member {Array.<string>} names
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.names = $util.emptyArray;

        /**
         * Hold isShared.
         * @member {boolean} isShared
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.isShared = false;

        /**
         * Hold weight.
         * @member {number|null|undefined} weight
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.weight = null;

        /**
         * Hold order.
         * @member {number|null|undefined} order
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.order = null;

        /**
         * Hold priority.
         * @member {number} priority
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.priority = 0;

        /**
         * Hold queuedAtMs.
         * @member {number|null|undefined} queuedAtMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.queuedAtMs = null;

        /**
         * Hold waitUntilMs.
         * @member {number|null|undefined} waitUntilMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.waitUntilMs = null;

        /**
         * Hold maxHoldMs.
         * @member {number|null|undefined} maxHoldMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.maxHoldMs = null;

        /**
         * Hold lockDelayMs.
         * @member {number} lockDelayMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.lockDelayMs = 0;

        /**
         * Hold note.
         * @member {string|null|undefined} note
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.note = null;

        /**
         * Hold value.
         * @member {string|null|undefined} value
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.value = null;

        /**
         * Hold token.
         * @member {number|null|undefined} token
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.token = null;

        /**
         * Hold grantedAtMs.
         * @member {number|null|undefined} grantedAtMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.grantedAtMs = null;

        /**
         * Hold revoking.
         * @member {machine.Revoking.$Properties|null|undefined} revoking
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.revoking = null;

        /**
         * Hold id.
         * @member {string|null|undefined} id
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.id = null;

        /**
         * Hold ready.
         * @member {boolean|null|undefined} ready
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.ready = null;

        /**
         * Hold worker.
         * @member {machine.Worker.$Properties|null|undefined} worker
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.worker = null;

        /**
         * Hold askedAtMs.
         * @member {number|null|undefined} askedAtMs
         * @memberof machine.Hold
         * @instance
         */
        Hold.prototype.askedAtMs = null;

        /**
         * Encodes the specified Hold message. Does not implicitly {@link machine.Hold.verify|verify} messages.
         * @function encode
         * @memberof machine.Hold
         * @static
         * @param {machine.Hold.$Properties} message Hold message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Hold.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.kind);
            if (message.isShared != null && $Object.hasOwnProperty.call(message, "isShared") && message.isShared !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isShared);
            if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.weight);
            if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.order);
            if (message.priority != null && $Object.hasOwnProperty.call(message, "priority") && message.priority !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).sint32(message.priority);
            if (message.queuedAtMs != null && $Object.hasOwnProperty.call(message, "queuedAtMs"))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.queuedAtMs);
            if (message.waitUntilMs != null && $Object.hasOwnProperty.call(message, "waitUntilMs"))
                writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.waitUntilMs);
            if (message.maxHoldMs != null && $Object.hasOwnProperty.call(message, "maxHoldMs"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.maxHoldMs);
            if (message.lockDelayMs != null && $Object.hasOwnProperty.call(message, "lockDelayMs") && message.lockDelayMs !== 0)
                writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.lockDelayMs);
            if (message.note != null && $Object.hasOwnProperty.call(message, "note"))
                writer.uint32(/* id 12, wireType 2 =*/98).string(message.note);
            if (message.names != null && message.names.length)
                for (let i = 0; i < message.names.length; ++i)
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.names[i]);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                writer.uint32(/* id 16, wireType 2 =*/130).string(message.value);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.token);
            if (message.grantedAtMs != null && $Object.hasOwnProperty.call(message, "grantedAtMs"))
                writer.uint32(/* id 18, wireType 0 =*/144).uint64(message.grantedAtMs);
            if (message.revoking != null && $Object.hasOwnProperty.call(message, "revoking"))
                $root.machine.Revoking.encode(message.revoking, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                writer.uint32(/* id 20, wireType 2 =*/162).string(message.id);
            if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                writer.uint32(/* id 21, wireType 0 =*/168).bool(message.ready);
            if (message.worker != null && $Object.hasOwnProperty.call(message, "worker"))
                $root.machine.Worker.encode(message.worker, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.askedAtMs != null && $Object.hasOwnProperty.call(message, "askedAtMs"))
                writer.uint32(/* id 24, wireType 0 =*/192).uint64(message.askedAtMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Hold message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Hold
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Hold & machine.Hold.$Shape} Hold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Hold.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Hold();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.seq = reader.uint64();
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
                case 14: {
                        if (wireType !== 2)
                            break;
                        if (!(message.names && message.names.length))
                            message.names = [];
                        message.names.push(reader.stringVerify());
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isShared = value;
                        else
                            delete message.isShared;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.weight = reader.uint64();
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        message.order = reader.uint64();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.sint32())
                            message.priority = value;
                        else
                            delete message.priority;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.queuedAtMs = reader.uint64();
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.waitUntilMs = reader.uint64();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.maxHoldMs = reader.uint64();
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lockDelayMs = value;
                        else
                            delete message.lockDelayMs;
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.note = reader.stringVerify();
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.value = reader.stringVerify();
                        continue;
                    }
                case 17: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 18: {
                        if (wireType !== 0)
                            break;
                        message.grantedAtMs = reader.uint64();
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.revoking = $root.machine.Revoking.decode(reader, reader.size(), $undefined, _depth + 1, message.revoking);
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.id = reader.stringVerify();
                        continue;
                    }
                case 21: {
                        if (wireType !== 0)
                            break;
                        message.ready = reader.bool();
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.worker = $root.machine.Worker.decode(reader, reader.size(), $undefined, _depth + 1, message.worker);
                        continue;
                    }
                case 24: {
                        if (wireType !== 0)
                            break;
                        message.askedAtMs = reader.uint64();
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

        return Hold;
    })();

    machine.Answers = (function() {

        /**
         * Properties of an Answers.
         * @typedef {Object} machine.Answers.$Properties
         * @property {Uint8Array|null} [session] Answers session
         * @property {number|null} [floor] Answers floor
         * @property {Array.<machine.Answer.$Properties>|null} [items] Answers items
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Answers.
         * @memberof machine
         * @interface IAnswers
         * @augments machine.Answers.$Properties
         * @deprecated Use machine.Answers.$Properties instead.
         */

        /**
         * Shape of an Answers.
         * @typedef {{
         *   session?: Uint8Array|null;
         *   floor?: number|null;
         *   items?: Array.<machine.Answer.$Shape>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} machine.Answers.$Shape
         */

        /**
         * Constructs a new Answers.
         * @memberof machine
         * @classdesc Represents an Answers.
         * @constructor
         * @param {machine.Answers.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Answers = function (properties) {
            this.items = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Answers session.
         * @member {Uint8Array} session
         * @memberof machine.Answers
         * @instance
         */
        Answers.prototype.session = $util.newBuffer([]);

        /**
         * Answers floor.
         * @member {number|null|undefined} floor
         * @memberof machine.Answers
         * @instance
         */
        Answers.prototype.floor = null;

        /**
         * Answers items.
         * @member {Array.<machine.Answer.$Properties>} items
         * @memberof machine.Answers
         * @instance
         */
        Answers.prototype.items = $util.emptyArray;

        /**
         * Encodes the specified Answers message. Does not implicitly {@link machine.Answers.verify|verify} messages.
         * @function encode
         * @memberof machine.Answers
         * @static
         * @param {machine.Answers.$Properties} message Answers message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Answers.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.floor != null && $Object.hasOwnProperty.call(message, "floor"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.floor);
            if (message.items != null && message.items.length)
                for (let i = 0; i < message.items.length; ++i)
                    $root.machine.Answer.encode(message.items[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Answers message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Answers
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Answers & machine.Answers.$Shape} Answers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Answers.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Answers();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.floor = reader.uint64();
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.items && message.items.length))
                            message.items = [];
                        message.items.push($root.machine.Answer.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Answers;
    })();

    machine.Answer = (function() {

        /**
         * Properties of an Answer.
         * @typedef {Object} machine.Answer.$Properties
         * @property {number|null} [seq] Answer seq
         * @property {number|null} [rev] Answer rev
         * @property {machine.EndedHold.$Properties|null} [ended] Answer ended
         * @property {machine.Nothing.$Properties|null} [written] Answer written
         * @property {machine.Refusal.$Properties|null} [refused] Answer refused
         * @property {machine.Opened.$Properties|null} [opened] Answer opened
         * @property {machine.Removed.$Properties|null} [removed] Answer removed
         * @property {"ended"|"written"|"refused"|"opened"|"removed"} [result] Answer result
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Answer.
         * @memberof machine
         * @interface IAnswer
         * @augments machine.Answer.$Properties
         * @deprecated Use machine.Answer.$Properties instead.
         */

        /**
         * Narrowed shape of an Answer.
         * @typedef {{
         *   seq?: number|null;
         *   rev?: number|null;
         *   ended?: machine.EndedHold.$Shape|null;
         *   written?: machine.Nothing.$Shape|null;
         *   refused?: machine.Refusal.$Shape|null;
         *   opened?: machine.Opened.$Shape|null;
         *   removed?: machine.Removed.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ result?: undefined; ended?: null; written?: null; refused?: null; opened?: null; removed?: null }|{ result?: "ended"; ended: machine.EndedHold.$Shape; written?: null; refused?: null; opened?: null; removed?: null }|{ result?: "written"; ended?: null; written: machine.Nothing.$Shape; refused?: null; opened?: null; removed?: null }|{ result?: "refused"; ended?: null; written?: null; refused: machine.Refusal.$Shape; opened?: null; removed?: null }|{ result?: "opened"; ended?: null; written?: null; refused?: null; opened: machine.Opened.$Shape; removed?: null }|{ result?: "removed"; ended?: null; written?: null; refused?: null; opened?: null; removed: machine.Removed.$Shape })
         * )} machine.Answer.$Shape
         */

        /**
         * Constructs a new Answer.
         * @memberof machine
         * @classdesc Represents an Answer.
         * @constructor
         * @param {machine.Answer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Answer = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Answer seq.
         * @member {number|null|undefined} seq
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.seq = null;

        /**
         * Answer rev.
         * @member {number|null|undefined} rev
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.rev = null;

        /**
         * Answer ended.
         * @member {machine.EndedHold.$Properties|null|undefined} ended
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.ended = null;

        /**
         * Answer written.
         * @member {machine.Nothing.$Properties|null|undefined} written
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.written = null;

        /**
         * Answer refused.
         * @member {machine.Refusal.$Properties|null|undefined} refused
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.refused = null;

        /**
         * Answer opened.
         * @member {machine.Opened.$Properties|null|undefined} opened
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.opened = null;

        /**
         * Answer removed.
         * @member {machine.Removed.$Properties|null|undefined} removed
         * @memberof machine.Answer
         * @instance
         */
        Answer.prototype.removed = null;

        /**
         * Answer result.
         * @member {"ended"|"written"|"refused"|"opened"|"removed"|undefined} result
         * @memberof machine.Answer
         * @instance
         */
        /**
         * Encodes the specified Answer message. Does not implicitly {@link machine.Answer.verify|verify} messages.
         * @function encode
         * @memberof machine.Answer
         * @static
         * @param {machine.Answer.$Properties} message Answer message or plain object to encode
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
            if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.rev != null && $Object.hasOwnProperty.call(message, "rev"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.rev);
            if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                $root.machine.EndedHold.encode(message.ended, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.written != null && $Object.hasOwnProperty.call(message, "written"))
                $root.machine.Nothing.encode(message.written, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                $root.machine.Refusal.encode(message.refused, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.opened != null && $Object.hasOwnProperty.call(message, "opened"))
                $root.machine.Opened.encode(message.opened, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
            if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                $root.machine.Removed.encode(message.removed, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Answer message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Answer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Answer & machine.Answer.$Shape} Answer
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
            message = _target || new $root.machine.Answer();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.seq = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.rev = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.ended = $root.machine.EndedHold.decode(reader, reader.size(), $undefined, _depth + 1, message.ended);
                        message.result = "ended";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.written = $root.machine.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.written);
                        message.result = "written";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.refused = $root.machine.Refusal.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                        message.result = "refused";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.opened = $root.machine.Opened.decode(reader, reader.size(), $undefined, _depth + 1, message.opened);
                        message.result = "opened";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.removed = $root.machine.Removed.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
                        message.result = "removed";
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

    machine.Opened = (function() {

        /**
         * Properties of an Opened.
         * @typedef {Object} machine.Opened.$Properties
         * @property {number|null} [generation] Opened generation
         * @property {number|null} [index] Opened index
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Opened.
         * @memberof machine
         * @interface IOpened
         * @augments machine.Opened.$Properties
         * @deprecated Use machine.Opened.$Properties instead.
         */

        /**
         * Shape of an Opened.
         * @typedef {machine.Opened.$Properties} machine.Opened.$Shape
         */

        /**
         * Constructs a new Opened.
         * @memberof machine
         * @classdesc Represents an Opened.
         * @constructor
         * @param {machine.Opened.$Properties=} [properties] Properties to set
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
         * @memberof machine.Opened
         * @instance
         */
        Opened.prototype.generation = null;

        /**
         * Opened index.
         * @member {number} index
         * @memberof machine.Opened
         * @instance
         */
        Opened.prototype.index = 0;

        /**
         * Encodes the specified Opened message. Does not implicitly {@link machine.Opened.verify|verify} messages.
         * @function encode
         * @memberof machine.Opened
         * @static
         * @param {machine.Opened.$Properties} message Opened message or plain object to encode
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
         * @memberof machine.Opened
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Opened & machine.Opened.$Shape} Opened
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
            message = _target || new $root.machine.Opened();
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

    machine.Removed = (function() {

        /**
         * Properties of a Removed.
         * @typedef {Object} machine.Removed.$Properties
         * @property {boolean|null} [isRemoved] Removed isRemoved
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Removed.
         * @memberof machine
         * @interface IRemoved
         * @augments machine.Removed.$Properties
         * @deprecated Use machine.Removed.$Properties instead.
         */

        /**
         * Shape of a Removed.
         * @typedef {machine.Removed.$Properties} machine.Removed.$Shape
         */

        /**
         * Constructs a new Removed.
         * @memberof machine
         * @classdesc Represents a Removed.
         * @constructor
         * @param {machine.Removed.$Properties=} [properties] Properties to set
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
         * @memberof machine.Removed
         * @instance
         */
        Removed.prototype.isRemoved = false;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link machine.Removed.verify|verify} messages.
         * @function encode
         * @memberof machine.Removed
         * @static
         * @param {machine.Removed.$Properties} message Removed message or plain object to encode
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
         * @memberof machine.Removed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Removed & machine.Removed.$Shape} Removed
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
            message = _target || new $root.machine.Removed();
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

    machine.EndedHold = (function() {

        /**
         * Properties of an EndedHold.
         * @typedef {Object} machine.EndedHold.$Properties
         * @property {number|null} [how] EndedHold how
         * @property {number|null} [token] EndedHold token
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EndedHold.
         * @memberof machine
         * @interface IEndedHold
         * @augments machine.EndedHold.$Properties
         * @deprecated Use machine.EndedHold.$Properties instead.
         */

        /**
         * Shape of an EndedHold.
         * @typedef {machine.EndedHold.$Properties} machine.EndedHold.$Shape
         */

        /**
         * Constructs a new EndedHold.
         * @memberof machine
         * @classdesc Represents an EndedHold.
         * @constructor
         * @param {machine.EndedHold.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EndedHold = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EndedHold how.
         * @member {number} how
         * @memberof machine.EndedHold
         * @instance
         */
        EndedHold.prototype.how = 0;

        /**
         * EndedHold token.
         * @member {number|null|undefined} token
         * @memberof machine.EndedHold
         * @instance
         */
        EndedHold.prototype.token = null;

        /**
         * Encodes the specified EndedHold message. Does not implicitly {@link machine.EndedHold.verify|verify} messages.
         * @function encode
         * @memberof machine.EndedHold
         * @static
         * @param {machine.EndedHold.$Properties} message EndedHold message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EndedHold.encode = function (message, writer, _depth) {
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
         * Decodes an EndedHold message from the specified reader or buffer.
         * @function decode
         * @memberof machine.EndedHold
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.EndedHold & machine.EndedHold.$Shape} EndedHold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EndedHold.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.EndedHold();
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

        return EndedHold;
    })();

    machine.Refusal = (function() {

        /**
         * Properties of a Refusal.
         * @typedef {Object} machine.Refusal.$Properties
         * @property {number|null} [kind] Refusal kind
         * @property {string|null} [detail] Refusal detail
         * @property {number|null} [current] Refusal current
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Refusal.
         * @memberof machine
         * @interface IRefusal
         * @augments machine.Refusal.$Properties
         * @deprecated Use machine.Refusal.$Properties instead.
         */

        /**
         * Shape of a Refusal.
         * @typedef {machine.Refusal.$Properties} machine.Refusal.$Shape
         */

        /**
         * Constructs a new Refusal.
         * @memberof machine
         * @classdesc Represents a Refusal.
         * @constructor
         * @param {machine.Refusal.$Properties=} [properties] Properties to set
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
         * @memberof machine.Refusal
         * @instance
         */
        Refusal.prototype.kind = 0;

        /**
         * Refusal detail.
         * @member {string} detail
         * @memberof machine.Refusal
         * @instance
         */
        Refusal.prototype.detail = "";

        /**
         * Refusal current.
         * @member {number|null|undefined} current
         * @memberof machine.Refusal
         * @instance
         */
        Refusal.prototype.current = null;

        /**
         * Encodes the specified Refusal message. Does not implicitly {@link machine.Refusal.verify|verify} messages.
         * @function encode
         * @memberof machine.Refusal
         * @static
         * @param {machine.Refusal.$Properties} message Refusal message or plain object to encode
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
            if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.detail);
            if (message.current != null && $Object.hasOwnProperty.call(message, "current"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.current);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Refusal message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Refusal
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Refusal & machine.Refusal.$Shape} Refusal
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
            message = _target || new $root.machine.Refusal();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.detail = value;
                        else
                            delete message.detail;
                        continue;
                    }
                case 3: {
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

    machine.Pool = (function() {

        /**
         * Properties of a Pool.
         * @typedef {Object} machine.Pool.$Properties
         * @property {string|null} [name] Pool name
         * @property {number|null} [partitions] Pool partitions
         * @property {number|null} [handoffTimeoutMs] Pool handoffTimeoutMs
         * @property {number|null} [restartGraceMs] Pool restartGraceMs
         * @property {number|null} [spread] Pool spread
         * @property {number|null} [maxAttempts] Pool maxAttempts
         * @property {number|null} [configuredAt] Pool configuredAt
         * @property {machine.Brake.$Properties|null} [brake] Pool brake
         * @property {Array.<machine.Loss.$Properties>|null} [losses] Pool losses
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Pool.
         * @memberof machine
         * @interface IPool
         * @augments machine.Pool.$Properties
         * @deprecated Use machine.Pool.$Properties instead.
         */

        /**
         * Shape of a Pool.
         * @typedef {machine.Pool.$Properties} machine.Pool.$Shape
         */

        /**
         * Constructs a new Pool.
         * @memberof machine
         * @classdesc Represents a Pool.
         * @constructor
         * @param {machine.Pool.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Pool = function (properties) {
            this.losses = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Pool name.
         * @member {string} name
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.name = "";

        /**
         * Pool partitions.
         * @member {number} partitions
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.partitions = 0;

        /**
         * Pool handoffTimeoutMs.
         * @member {number|null|undefined} handoffTimeoutMs
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.handoffTimeoutMs = null;

        /**
         * Pool restartGraceMs.
         * @member {number|null|undefined} restartGraceMs
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.restartGraceMs = null;

        /**
         * Pool spread.
         * @member {number} spread
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.spread = 0;

        /**
         * Pool maxAttempts.
         * @member {number} maxAttempts
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.maxAttempts = 0;

        /**
         * Pool configuredAt.
         * @member {number|null|undefined} configuredAt
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.configuredAt = null;

        /**
         * Pool brake.
         * @member {machine.Brake.$Properties|null|undefined} brake
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.brake = null;

        /**
         * Pool losses.
         * @member {Array.<machine.Loss.$Properties>} losses
         * @memberof machine.Pool
         * @instance
         */
        Pool.prototype.losses = $util.emptyArray;

        /**
         * Encodes the specified Pool message. Does not implicitly {@link machine.Pool.verify|verify} messages.
         * @function encode
         * @memberof machine.Pool
         * @static
         * @param {machine.Pool.$Properties} message Pool message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Pool.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.partitions != null && $Object.hasOwnProperty.call(message, "partitions") && message.partitions !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partitions);
            if (message.handoffTimeoutMs != null && $Object.hasOwnProperty.call(message, "handoffTimeoutMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.handoffTimeoutMs);
            if (message.restartGraceMs != null && $Object.hasOwnProperty.call(message, "restartGraceMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.restartGraceMs);
            if (message.spread != null && $Object.hasOwnProperty.call(message, "spread") && message.spread !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.spread);
            if (message.maxAttempts != null && $Object.hasOwnProperty.call(message, "maxAttempts") && message.maxAttempts !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.maxAttempts);
            if (message.configuredAt != null && $Object.hasOwnProperty.call(message, "configuredAt"))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.configuredAt);
            if (message.brake != null && $Object.hasOwnProperty.call(message, "brake"))
                $root.machine.Brake.encode(message.brake, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.losses != null && message.losses.length)
                for (let i = 0; i < message.losses.length; ++i)
                    $root.machine.Loss.encode(message.losses[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Pool message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Pool
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Pool & machine.Pool.$Shape} Pool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Pool.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Pool();
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partitions = value;
                        else
                            delete message.partitions;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.handoffTimeoutMs = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.restartGraceMs = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.spread = value;
                        else
                            delete message.spread;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.maxAttempts = value;
                        else
                            delete message.maxAttempts;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.configuredAt = reader.uint64();
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.brake = $root.machine.Brake.decode(reader, reader.size(), $undefined, _depth + 1, message.brake);
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.losses && message.losses.length))
                            message.losses = [];
                        message.losses.push($root.machine.Loss.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Pool;
    })();

    machine.Loss = (function() {

        /**
         * Properties of a Loss.
         * @typedef {Object} machine.Loss.$Properties
         * @property {number|null} [atMs] Loss atMs
         * @property {number|null} [count] Loss count
         * @property {string|null} [id] Loss id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Loss.
         * @memberof machine
         * @interface ILoss
         * @augments machine.Loss.$Properties
         * @deprecated Use machine.Loss.$Properties instead.
         */

        /**
         * Shape of a Loss.
         * @typedef {machine.Loss.$Properties} machine.Loss.$Shape
         */

        /**
         * Constructs a new Loss.
         * @memberof machine
         * @classdesc Represents a Loss.
         * @constructor
         * @param {machine.Loss.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Loss = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Loss atMs.
         * @member {number|null|undefined} atMs
         * @memberof machine.Loss
         * @instance
         */
        Loss.prototype.atMs = null;

        /**
         * Loss count.
         * @member {number} count
         * @memberof machine.Loss
         * @instance
         */
        Loss.prototype.count = 0;

        /**
         * Loss id.
         * @member {string|null|undefined} id
         * @memberof machine.Loss
         * @instance
         */
        Loss.prototype.id = null;

        /**
         * Encodes the specified Loss message. Does not implicitly {@link machine.Loss.verify|verify} messages.
         * @function encode
         * @memberof machine.Loss
         * @static
         * @param {machine.Loss.$Properties} message Loss message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Loss.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.atMs);
            if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.count);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.id);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Loss message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Loss
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Loss & machine.Loss.$Shape} Loss
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Loss.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Loss();
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
                        message.atMs = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.count = value;
                        else
                            delete message.count;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.id = reader.stringVerify();
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

        return Loss;
    })();

    machine.Brake = (function() {

        /**
         * Properties of a Brake.
         * @typedef {Object} machine.Brake.$Properties
         * @property {number|null} [untilMs] Brake untilMs
         * @property {number|null} [of] Brake of
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Brake.
         * @memberof machine
         * @interface IBrake
         * @augments machine.Brake.$Properties
         * @deprecated Use machine.Brake.$Properties instead.
         */

        /**
         * Shape of a Brake.
         * @typedef {machine.Brake.$Properties} machine.Brake.$Shape
         */

        /**
         * Constructs a new Brake.
         * @memberof machine
         * @classdesc Represents a Brake.
         * @constructor
         * @param {machine.Brake.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Brake = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Brake untilMs.
         * @member {number|null|undefined} untilMs
         * @memberof machine.Brake
         * @instance
         */
        Brake.prototype.untilMs = null;

        /**
         * Brake of.
         * @member {number} of
         * @memberof machine.Brake
         * @instance
         */
        Brake.prototype.of = 0;

        /**
         * Encodes the specified Brake message. Does not implicitly {@link machine.Brake.verify|verify} messages.
         * @function encode
         * @memberof machine.Brake
         * @static
         * @param {machine.Brake.$Properties} message Brake message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Brake.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.untilMs);
            if (message.of != null && $Object.hasOwnProperty.call(message, "of") && message.of !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.of);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Brake message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Brake
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Brake & machine.Brake.$Shape} Brake
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Brake.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Brake();
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
                        message.untilMs = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.of = value;
                        else
                            delete message.of;
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

        return Brake;
    })();

    machine.Item = (function() {

        /**
         * Properties of an Item.
         * @typedef {Object} machine.Item.$Properties
         * @property {string|null} [pool] Item pool
         * @property {string|null} [item] Item item
         * @property {number|null} [order] Item order
         * @property {string|null} [payload] Item payload
         * @property {number|null} [weight] Item weight
         * @property {string|null} [pin] Item pin
         * @property {number|null} [state] Item state
         * @property {machine.Owner.$Properties|null} [owner] Item owner
         * @property {string|null} [target] Item target
         * @property {number|null} [keptUntilMs] Item keptUntilMs
         * @property {machine.Revoking.$Properties|null} [revoking] Item revoking
         * @property {number|null} [attempt] Item attempt
         * @property {number|null} [losses] Item losses
         * @property {string|null} [checkpoint] Item checkpoint
         * @property {number|null} [sinceMs] Item sinceMs
         * @property {Array.<machine.Decision.$Properties>|null} [decisions] Item decisions
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Item.
         * @memberof machine
         * @interface IItem
         * @augments machine.Item.$Properties
         * @deprecated Use machine.Item.$Properties instead.
         */

        /**
         * Shape of an Item.
         * @typedef {machine.Item.$Properties} machine.Item.$Shape
         */

        /**
         * Constructs a new Item.
         * @memberof machine
         * @classdesc Represents an Item.
         * @constructor
         * @param {machine.Item.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Item = function (properties) {
            this.decisions = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Item pool.
         * @member {string} pool
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.pool = "";

        /**
         * Item item.
         * @member {string} item
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.item = "";

        /**
         * Item order.
         * @member {number|null|undefined} order
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.order = null;

        /**
         * Item payload.
         * @member {string|null|undefined} payload
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.payload = null;

        /**
         * Item weight.
         * @member {number} weight
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.weight = 0;

        /**
         * Item pin.
         * @member {string|null|undefined} pin
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.pin = null;

        /**
         * Item state.
         * @member {number} state
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.state = 0;

        /**
         * Item owner.
         * @member {machine.Owner.$Properties|null|undefined} owner
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.owner = null;

        /**
         * Item target.
         * @member {string|null|undefined} target
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.target = null;

        /**
         * Item keptUntilMs.
         * @member {number|null|undefined} keptUntilMs
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.keptUntilMs = null;

        /**
         * Item revoking.
         * @member {machine.Revoking.$Properties|null|undefined} revoking
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.revoking = null;

        /**
         * Item attempt.
         * @member {number} attempt
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.attempt = 0;

        /**
         * Item losses.
         * @member {number} losses
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.losses = 0;

        /**
         * Item checkpoint.
         * @member {string|null|undefined} checkpoint
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.checkpoint = null;

        /**
         * Item sinceMs.
         * @member {number|null|undefined} sinceMs
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.sinceMs = null;

        /**
         * Item decisions.
         * @member {Array.<machine.Decision.$Properties>} decisions
         * @memberof machine.Item
         * @instance
         */
        Item.prototype.decisions = $util.emptyArray;

        /**
         * Encodes the specified Item message. Does not implicitly {@link machine.Item.verify|verify} messages.
         * @function encode
         * @memberof machine.Item
         * @static
         * @param {machine.Item.$Properties} message Item message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Item.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.item);
            if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.order);
            if (message.payload != null && $Object.hasOwnProperty.call(message, "payload"))
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.payload);
            if (message.weight != null && $Object.hasOwnProperty.call(message, "weight") && message.weight !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.weight);
            if (message.pin != null && $Object.hasOwnProperty.call(message, "pin"))
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.pin);
            if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.state);
            if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                $root.machine.Owner.encode(message.owner, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                writer.uint32(/* id 9, wireType 2 =*/74).string(message.target);
            if (message.keptUntilMs != null && $Object.hasOwnProperty.call(message, "keptUntilMs"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.keptUntilMs);
            if (message.revoking != null && $Object.hasOwnProperty.call(message, "revoking"))
                $root.machine.Revoking.encode(message.revoking, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.attempt);
            if (message.decisions != null && message.decisions.length)
                for (let i = 0; i < message.decisions.length; ++i)
                    $root.machine.Decision.encode(message.decisions[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
            if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint"))
                writer.uint32(/* id 16, wireType 2 =*/130).string(message.checkpoint);
            if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs"))
                writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.sinceMs);
            if (message.losses != null && $Object.hasOwnProperty.call(message, "losses") && message.losses !== 0)
                writer.uint32(/* id 18, wireType 0 =*/144).uint32(message.losses);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Item message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Item
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Item & machine.Item.$Shape} Item
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Item.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Item();
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
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.order = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.payload = reader.stringVerify();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.weight = value;
                        else
                            delete message.weight;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.pin = reader.stringVerify();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.state = value;
                        else
                            delete message.state;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.owner = $root.machine.Owner.decode(reader, reader.size(), $undefined, _depth + 1, message.owner);
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.target = reader.stringVerify();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.keptUntilMs = reader.uint64();
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.revoking = $root.machine.Revoking.decode(reader, reader.size(), $undefined, _depth + 1, message.revoking);
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 18: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.losses = value;
                        else
                            delete message.losses;
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.checkpoint = reader.stringVerify();
                        continue;
                    }
                case 17: {
                        if (wireType !== 0)
                            break;
                        message.sinceMs = reader.uint64();
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.decisions && message.decisions.length))
                            message.decisions = [];
                        message.decisions.push($root.machine.Decision.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Item;
    })();

    machine.Tombstone = (function() {

        /**
         * Properties of a Tombstone.
         * @typedef {Object} machine.Tombstone.$Properties
         * @property {string|null} [pool] Tombstone pool
         * @property {string|null} [item] Tombstone item
         * @property {string|null} [worker] Tombstone worker
         * @property {number|null} [untilMs] Tombstone untilMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Tombstone.
         * @memberof machine
         * @interface ITombstone
         * @augments machine.Tombstone.$Properties
         * @deprecated Use machine.Tombstone.$Properties instead.
         */

        /**
         * Shape of a Tombstone.
         * @typedef {machine.Tombstone.$Properties} machine.Tombstone.$Shape
         */

        /**
         * Constructs a new Tombstone.
         * @memberof machine
         * @classdesc Represents a Tombstone.
         * @constructor
         * @param {machine.Tombstone.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Tombstone = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Tombstone pool.
         * @member {string} pool
         * @memberof machine.Tombstone
         * @instance
         */
        Tombstone.prototype.pool = "";

        /**
         * Tombstone item.
         * @member {string} item
         * @memberof machine.Tombstone
         * @instance
         */
        Tombstone.prototype.item = "";

        /**
         * Tombstone worker.
         * @member {string} worker
         * @memberof machine.Tombstone
         * @instance
         */
        Tombstone.prototype.worker = "";

        /**
         * Tombstone untilMs.
         * @member {number|null|undefined} untilMs
         * @memberof machine.Tombstone
         * @instance
         */
        Tombstone.prototype.untilMs = null;

        /**
         * Encodes the specified Tombstone message. Does not implicitly {@link machine.Tombstone.verify|verify} messages.
         * @function encode
         * @memberof machine.Tombstone
         * @static
         * @param {machine.Tombstone.$Properties} message Tombstone message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Tombstone.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool") && message.pool !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.pool);
            if (message.item != null && $Object.hasOwnProperty.call(message, "item") && message.item !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.item);
            if (message.worker != null && $Object.hasOwnProperty.call(message, "worker") && message.worker !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.worker);
            if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.untilMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Tombstone message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Tombstone
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Tombstone & machine.Tombstone.$Shape} Tombstone
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Tombstone.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Tombstone();
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
                            message.pool = value;
                        else
                            delete message.pool;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.item = value;
                        else
                            delete message.item;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.worker = value;
                        else
                            delete message.worker;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.untilMs = reader.uint64();
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

        return Tombstone;
    })();

    machine.Owner = (function() {

        /**
         * Properties of an Owner.
         * @typedef {Object} machine.Owner.$Properties
         * @property {Uint8Array|null} [session] Owner session
         * @property {number|null} [seq] Owner seq
         * @property {string|null} [id] Owner id
         * @property {number|null} [token] Owner token
         * @property {string|null} [note] Owner note
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Owner.
         * @memberof machine
         * @interface IOwner
         * @augments machine.Owner.$Properties
         * @deprecated Use machine.Owner.$Properties instead.
         */

        /**
         * Shape of an Owner.
         * @typedef {machine.Owner.$Properties} machine.Owner.$Shape
         */

        /**
         * Constructs a new Owner.
         * @memberof machine
         * @classdesc Represents an Owner.
         * @constructor
         * @param {machine.Owner.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Owner = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Owner session.
         * @member {Uint8Array} session
         * @memberof machine.Owner
         * @instance
         */
        Owner.prototype.session = $util.newBuffer([]);

        /**
         * Owner seq.
         * @member {number|null|undefined} seq
         * @memberof machine.Owner
         * @instance
         */
        Owner.prototype.seq = null;

        /**
         * Owner id.
         * @member {string} id
         * @memberof machine.Owner
         * @instance
         */
        Owner.prototype.id = "";

        /**
         * Owner token.
         * @member {number|null|undefined} token
         * @memberof machine.Owner
         * @instance
         */
        Owner.prototype.token = null;

        /**
         * Owner note.
         * @member {string|null|undefined} note
         * @memberof machine.Owner
         * @instance
         */
        Owner.prototype.note = null;

        /**
         * Encodes the specified Owner message. Does not implicitly {@link machine.Owner.verify|verify} messages.
         * @function encode
         * @memberof machine.Owner
         * @static
         * @param {machine.Owner.$Properties} message Owner message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Owner.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.session);
            if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.id);
            if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.token);
            if (message.note != null && $Object.hasOwnProperty.call(message, "note"))
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.note);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Owner message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Owner
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Owner & machine.Owner.$Shape} Owner
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Owner.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Owner();
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
                            message.session = value;
                        else
                            delete message.session;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.seq = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.token = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.note = reader.stringVerify();
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

        return Owner;
    })();

    machine.Decision = (function() {

        /**
         * Properties of a Decision.
         * @typedef {Object} machine.Decision.$Properties
         * @property {number|null} [rev] Decision rev
         * @property {number|null} [atMs] Decision atMs
         * @property {string|null} [from] Decision from
         * @property {string|null} [to] Decision to
         * @property {string|null} [reason] Decision reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Decision.
         * @memberof machine
         * @interface IDecision
         * @augments machine.Decision.$Properties
         * @deprecated Use machine.Decision.$Properties instead.
         */

        /**
         * Shape of a Decision.
         * @typedef {machine.Decision.$Properties} machine.Decision.$Shape
         */

        /**
         * Constructs a new Decision.
         * @memberof machine
         * @classdesc Represents a Decision.
         * @constructor
         * @param {machine.Decision.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Decision = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Decision rev.
         * @member {number|null|undefined} rev
         * @memberof machine.Decision
         * @instance
         */
        Decision.prototype.rev = null;

        /**
         * Decision atMs.
         * @member {number|null|undefined} atMs
         * @memberof machine.Decision
         * @instance
         */
        Decision.prototype.atMs = null;

        /**
         * Decision from.
         * @member {string|null|undefined} from
         * @memberof machine.Decision
         * @instance
         */
        Decision.prototype.from = null;

        /**
         * Decision to.
         * @member {string|null|undefined} to
         * @memberof machine.Decision
         * @instance
         */
        Decision.prototype.to = null;

        /**
         * Decision reason.
         * @member {string} reason
         * @memberof machine.Decision
         * @instance
         */
        Decision.prototype.reason = "";

        /**
         * Encodes the specified Decision message. Does not implicitly {@link machine.Decision.verify|verify} messages.
         * @function encode
         * @memberof machine.Decision
         * @static
         * @param {machine.Decision.$Properties} message Decision message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Decision.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.rev != null && $Object.hasOwnProperty.call(message, "rev"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.rev);
            if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.atMs);
            if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.from);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.to);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Decision message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Decision
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Decision & machine.Decision.$Shape} Decision
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Decision.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Decision();
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
                        message.atMs = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.from = reader.stringVerify();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.to = reader.stringVerify();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
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

        return Decision;
    })();

    machine.Ended = (function() {

        /**
         * Properties of an Ended.
         * @typedef {Object} machine.Ended.$Properties
         * @property {Uint8Array|null} [id] Ended id
         * @property {number|null} [cause] Ended cause
         * @property {number|null} [endedAtMs] Ended endedAtMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Ended.
         * @memberof machine
         * @interface IEnded
         * @augments machine.Ended.$Properties
         * @deprecated Use machine.Ended.$Properties instead.
         */

        /**
         * Shape of an Ended.
         * @typedef {machine.Ended.$Properties} machine.Ended.$Shape
         */

        /**
         * Constructs a new Ended.
         * @memberof machine
         * @classdesc Represents an Ended.
         * @constructor
         * @param {machine.Ended.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Ended = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ended id.
         * @member {Uint8Array} id
         * @memberof machine.Ended
         * @instance
         */
        Ended.prototype.id = $util.newBuffer([]);

        /**
         * Ended cause.
         * @member {number} cause
         * @memberof machine.Ended
         * @instance
         */
        Ended.prototype.cause = 0;

        /**
         * Ended endedAtMs.
         * @member {number|null|undefined} endedAtMs
         * @memberof machine.Ended
         * @instance
         */
        Ended.prototype.endedAtMs = null;

        /**
         * Encodes the specified Ended message. Does not implicitly {@link machine.Ended.verify|verify} messages.
         * @function encode
         * @memberof machine.Ended
         * @static
         * @param {machine.Ended.$Properties} message Ended message or plain object to encode
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
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
            if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.cause);
            if (message.endedAtMs != null && $Object.hasOwnProperty.call(message, "endedAtMs"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.endedAtMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Ended message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Ended
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Ended & machine.Ended.$Shape} Ended
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
            message = _target || new $root.machine.Ended();
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
                            message.cause = value;
                        else
                            delete message.cause;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.endedAtMs = reader.uint64();
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

    machine.Total = (function() {

        /**
         * Properties of a Total.
         * @typedef {Object} machine.Total.$Properties
         * @property {number|null} [records] Total records
         * @property {string|null} [hash] Total hash
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Total.
         * @memberof machine
         * @interface ITotal
         * @augments machine.Total.$Properties
         * @deprecated Use machine.Total.$Properties instead.
         */

        /**
         * Shape of a Total.
         * @typedef {machine.Total.$Properties} machine.Total.$Shape
         */

        /**
         * Constructs a new Total.
         * @memberof machine
         * @classdesc Represents a Total.
         * @constructor
         * @param {machine.Total.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Total = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Total records.
         * @member {number|null|undefined} records
         * @memberof machine.Total
         * @instance
         */
        Total.prototype.records = null;

        /**
         * Total hash.
         * @member {string} hash
         * @memberof machine.Total
         * @instance
         */
        Total.prototype.hash = "";

        /**
         * Encodes the specified Total message. Does not implicitly {@link machine.Total.verify|verify} messages.
         * @function encode
         * @memberof machine.Total
         * @static
         * @param {machine.Total.$Properties} message Total message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Total.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.records != null && $Object.hasOwnProperty.call(message, "records"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.records);
            if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.hash);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Total message from the specified reader or buffer.
         * @function decode
         * @memberof machine.Total
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {machine.Total & machine.Total.$Shape} Total
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Total.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.machine.Total();
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
                        message.records = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hash = value;
                        else
                            delete message.hash;
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

        return Total;
    })();

    return machine;
})();

export {
  $root as default
};
