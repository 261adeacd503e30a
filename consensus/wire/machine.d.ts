import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace machine. */
export namespace machine {

    /**
     * Properties of a Command.
     * @deprecated Use machine.Command.$Properties instead.
     */
    interface ICommand extends machine.Command.$Properties {
    }

    /** Represents a Command. */
    class Command {

        /**
         * Constructs a new Command.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Command.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Command tick. */
        tick?: (machine.Tick.$Properties|null);

        /** Command renewHosts. */
        renewHosts?: (machine.RenewHosts.$Properties|null);

        /** Command open. */
        open?: (machine.Open.$Properties|null);

        /** Command attach. */
        attach?: (machine.Attach.$Properties|null);

        /** Command detach. */
        detach?: (machine.Detach.$Properties|null);

        /** Command end. */
        end?: (machine.End.$Properties|null);

        /** Command endHost. */
        endHost?: (machine.EndHost.$Properties|null);

        /** Command removeHost. */
        removeHost?: (machine.RemoveHost.$Properties|null);

        /** Command acquire. */
        acquire?: (machine.Acquire.$Properties|null);

        /** Command cancel. */
        cancel?: (machine.Request.$Properties|null);

        /** Command release. */
        release?: (machine.Release.$Properties|null);

        /** Command update. */
        update?: (machine.Update.$Properties|null);

        /** Command transfer. */
        transfer?: (machine.Transfer.$Properties|null);

        /** Command revoke. */
        revoke?: (machine.Revoke.$Properties|null);

        /** Command found. */
        found?: (machine.Found.$Properties|null);

        /** Command recover. */
        recover?: (machine.Recover.$Properties|null);

        /** Command checkHash. */
        checkHash?: (machine.CheckHash.$Properties|null);

        /** Command stage. */
        stage?: (machine.Stage.$Properties|null);

        /** Command unstage. */
        unstage?: (machine.Unstage.$Properties|null);

        /** Command restore. */
        restore?: (machine.Restore.$Properties|null);

        /** Command resize. */
        resize?: (machine.Resize.$Properties|null);

        /** Command kvPut. */
        kvPut?: (machine.KvPut.$Properties|null);

        /** Command kvDelete. */
        kvDelete?: (machine.KvDelete.$Properties|null);

        /** Command workConfigure. */
        workConfigure?: (machine.WorkConfigure.$Properties|null);

        /** Command workPut. */
        workPut?: (machine.WorkPut.$Properties|null);

        /** Command workRemove. */
        workRemove?: (machine.WorkItem.$Properties|null);

        /** Command workRetry. */
        workRetry?: (machine.WorkItem.$Properties|null);

        /** Command workSettle. */
        workSettle?: (machine.WorkSettle.$Properties|null);

        /** Command workCheckpoint. */
        workCheckpoint?: (machine.WorkCheckpoint.$Properties|null);

        /** Command workAssign. */
        workAssign?: (machine.WorkAssign.$Properties|null);

        /** Command kind. */
        kind?: ("tick"|"renewHosts"|"open"|"attach"|"detach"|"end"|"endHost"|"removeHost"|"acquire"|"cancel"|"release"|"update"|"transfer"|"revoke"|"found"|"recover"|"checkHash"|"stage"|"unstage"|"restore"|"resize"|"kvPut"|"kvDelete"|"workConfigure"|"workPut"|"workRemove"|"workRetry"|"workSettle"|"workCheckpoint"|"workAssign");

        /**
         * Encodes the specified Command message. Does not implicitly {@link machine.Command.verify|verify} messages.
         * @param message Command message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Command.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Command message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Command & machine.Command.$Shape} Command
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Command & machine.Command.$Shape;
    }

    namespace Command {

        /** Properties of a Command. */
        interface $Properties {

            /** Command tick */
            tick?: (machine.Tick.$Properties|null);

            /** Command renewHosts */
            renewHosts?: (machine.RenewHosts.$Properties|null);

            /** Command open */
            open?: (machine.Open.$Properties|null);

            /** Command attach */
            attach?: (machine.Attach.$Properties|null);

            /** Command detach */
            detach?: (machine.Detach.$Properties|null);

            /** Command end */
            end?: (machine.End.$Properties|null);

            /** Command endHost */
            endHost?: (machine.EndHost.$Properties|null);

            /** Command removeHost */
            removeHost?: (machine.RemoveHost.$Properties|null);

            /** Command acquire */
            acquire?: (machine.Acquire.$Properties|null);

            /** Command cancel */
            cancel?: (machine.Request.$Properties|null);

            /** Command release */
            release?: (machine.Release.$Properties|null);

            /** Command update */
            update?: (machine.Update.$Properties|null);

            /** Command transfer */
            transfer?: (machine.Transfer.$Properties|null);

            /** Command revoke */
            revoke?: (machine.Revoke.$Properties|null);

            /** Command found */
            found?: (machine.Found.$Properties|null);

            /** Command recover */
            recover?: (machine.Recover.$Properties|null);

            /** Command checkHash */
            checkHash?: (machine.CheckHash.$Properties|null);

            /** Command stage */
            stage?: (machine.Stage.$Properties|null);

            /** Command unstage */
            unstage?: (machine.Unstage.$Properties|null);

            /** Command restore */
            restore?: (machine.Restore.$Properties|null);

            /** Command resize */
            resize?: (machine.Resize.$Properties|null);

            /** Command kvPut */
            kvPut?: (machine.KvPut.$Properties|null);

            /** Command kvDelete */
            kvDelete?: (machine.KvDelete.$Properties|null);

            /** Command workConfigure */
            workConfigure?: (machine.WorkConfigure.$Properties|null);

            /** Command workPut */
            workPut?: (machine.WorkPut.$Properties|null);

            /** Command workRemove */
            workRemove?: (machine.WorkItem.$Properties|null);

            /** Command workRetry */
            workRetry?: (machine.WorkItem.$Properties|null);

            /** Command workSettle */
            workSettle?: (machine.WorkSettle.$Properties|null);

            /** Command workCheckpoint */
            workCheckpoint?: (machine.WorkCheckpoint.$Properties|null);

            /** Command workAssign */
            workAssign?: (machine.WorkAssign.$Properties|null);

            /** Command kind */
            kind?: ("tick"|"renewHosts"|"open"|"attach"|"detach"|"end"|"endHost"|"removeHost"|"acquire"|"cancel"|"release"|"update"|"transfer"|"revoke"|"found"|"recover"|"checkHash"|"stage"|"unstage"|"restore"|"resize"|"kvPut"|"kvDelete"|"workConfigure"|"workPut"|"workRemove"|"workRetry"|"workSettle"|"workCheckpoint"|"workAssign");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Command. */
        type $Shape = {
          tick?: machine.Tick.$Shape|null;
          renewHosts?: machine.RenewHosts.$Shape|null;
          open?: machine.Open.$Shape|null;
          attach?: machine.Attach.$Shape|null;
          detach?: machine.Detach.$Shape|null;
          end?: machine.End.$Shape|null;
          endHost?: machine.EndHost.$Shape|null;
          removeHost?: machine.RemoveHost.$Shape|null;
          acquire?: machine.Acquire.$Shape|null;
          cancel?: machine.Request.$Shape|null;
          release?: machine.Release.$Shape|null;
          update?: machine.Update.$Shape|null;
          transfer?: machine.Transfer.$Shape|null;
          revoke?: machine.Revoke.$Shape|null;
          found?: machine.Found.$Shape|null;
          recover?: machine.Recover.$Shape|null;
          checkHash?: machine.CheckHash.$Shape|null;
          stage?: machine.Stage.$Shape|null;
          unstage?: machine.Unstage.$Shape|null;
          restore?: machine.Restore.$Shape|null;
          resize?: machine.Resize.$Shape|null;
          kvPut?: machine.KvPut.$Shape|null;
          kvDelete?: machine.KvDelete.$Shape|null;
          workConfigure?: machine.WorkConfigure.$Shape|null;
          workPut?: machine.WorkPut.$Shape|null;
          workRemove?: machine.WorkItem.$Shape|null;
          workRetry?: machine.WorkItem.$Shape|null;
          workSettle?: machine.WorkSettle.$Shape|null;
          workCheckpoint?: machine.WorkCheckpoint.$Shape|null;
          workAssign?: machine.WorkAssign.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "tick"; tick: machine.Tick.$Shape; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "renewHosts"; tick?: null; renewHosts: machine.RenewHosts.$Shape; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "open"; tick?: null; renewHosts?: null; open: machine.Open.$Shape; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "attach"; tick?: null; renewHosts?: null; open?: null; attach: machine.Attach.$Shape; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "detach"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach: machine.Detach.$Shape; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "end"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end: machine.End.$Shape; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "endHost"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost: machine.EndHost.$Shape; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "removeHost"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost: machine.RemoveHost.$Shape; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "acquire"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire: machine.Acquire.$Shape; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "cancel"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel: machine.Request.$Shape; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "release"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release: machine.Release.$Shape; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "update"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update: machine.Update.$Shape; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "transfer"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer: machine.Transfer.$Shape; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "revoke"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke: machine.Revoke.$Shape; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "found"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found: machine.Found.$Shape; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "recover"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover: machine.Recover.$Shape; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "checkHash"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash: machine.CheckHash.$Shape; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "stage"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage: machine.Stage.$Shape; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "unstage"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage: machine.Unstage.$Shape; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "restore"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore: machine.Restore.$Shape; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "resize"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize: machine.Resize.$Shape; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "kvPut"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut: machine.KvPut.$Shape; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "kvDelete"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete: machine.KvDelete.$Shape; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workConfigure"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure: machine.WorkConfigure.$Shape; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workPut"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut: machine.WorkPut.$Shape; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workRemove"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove: machine.WorkItem.$Shape; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workRetry"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry: machine.WorkItem.$Shape; workSettle?: null; workCheckpoint?: null; workAssign?: null }|{ kind?: "workSettle"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle: machine.WorkSettle.$Shape; workCheckpoint?: null; workAssign?: null }|{ kind?: "workCheckpoint"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint: machine.WorkCheckpoint.$Shape; workAssign?: null }|{ kind?: "workAssign"; tick?: null; renewHosts?: null; open?: null; attach?: null; detach?: null; end?: null; endHost?: null; removeHost?: null; acquire?: null; cancel?: null; release?: null; update?: null; transfer?: null; revoke?: null; found?: null; recover?: null; checkHash?: null; stage?: null; unstage?: null; restore?: null; resize?: null; kvPut?: null; kvDelete?: null; workConfigure?: null; workPut?: null; workRemove?: null; workRetry?: null; workSettle?: null; workCheckpoint?: null; workAssign: machine.WorkAssign.$Shape })
        );
    }

    /**
     * Properties of a Nothing.
     * @deprecated Use machine.Nothing.$Properties instead.
     */
    interface INothing extends machine.Nothing.$Properties {
    }

    /** Represents a Nothing. */
    class Nothing {

        /**
         * Constructs a new Nothing.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Nothing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link machine.Nothing.verify|verify} messages.
         * @param message Nothing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Nothing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Nothing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Nothing & machine.Nothing.$Shape} Nothing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Nothing & machine.Nothing.$Shape;
    }

    namespace Nothing {

        /** Properties of a Nothing. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Nothing. */
        type $Shape = machine.Nothing.$Properties;
    }

    /**
     * Properties of a Tick.
     * @deprecated Use machine.Tick.$Properties instead.
     */
    interface ITick extends machine.Tick.$Properties {
    }

    /** Represents a Tick. */
    class Tick {

        /**
         * Constructs a new Tick.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Tick.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Tick wallMs. */
        wallMs?: (number|null);

        /**
         * Encodes the specified Tick message. Does not implicitly {@link machine.Tick.verify|verify} messages.
         * @param message Tick message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Tick.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Tick message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Tick & machine.Tick.$Shape} Tick
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Tick & machine.Tick.$Shape;
    }

    namespace Tick {

        /** Properties of a Tick. */
        interface $Properties {

            /** Tick wallMs */
            wallMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Tick. */
        type $Shape = machine.Tick.$Properties;
    }

    /**
     * Properties of a RenewHosts.
     * @deprecated Use machine.RenewHosts.$Properties instead.
     */
    interface IRenewHosts extends machine.RenewHosts.$Properties {
    }

    /** Represents a RenewHosts. */
    class RenewHosts {

        /**
         * Constructs a new RenewHosts.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.RenewHosts.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RenewHosts items. */
        items: machine.Renewal.$Properties[];

        /**
         * Encodes the specified RenewHosts message. Does not implicitly {@link machine.RenewHosts.verify|verify} messages.
         * @param message RenewHosts message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.RenewHosts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RenewHosts message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.RenewHosts & machine.RenewHosts.$Shape} RenewHosts
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.RenewHosts & machine.RenewHosts.$Shape;
    }

    namespace RenewHosts {

        /** Properties of a RenewHosts. */
        interface $Properties {

            /** RenewHosts items */
            items?: (machine.Renewal.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RenewHosts. */
        type $Shape = machine.RenewHosts.$Properties;
    }

    /**
     * Properties of a Renewal.
     * @deprecated Use machine.Renewal.$Properties instead.
     */
    interface IRenewal extends machine.Renewal.$Properties {
    }

    /** Represents a Renewal. */
    class Renewal {

        /**
         * Constructs a new Renewal.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Renewal.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Renewal host. */
        host: Uint8Array;

        /** Renewal boot. */
        boot?: (number|null);

        /** Renewal attempt. */
        attempt?: (number|null);

        /**
         * Encodes the specified Renewal message. Does not implicitly {@link machine.Renewal.verify|verify} messages.
         * @param message Renewal message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Renewal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Renewal message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Renewal & machine.Renewal.$Shape} Renewal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Renewal & machine.Renewal.$Shape;
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
        type $Shape = machine.Renewal.$Properties;
    }

    /**
     * Properties of an Open.
     * @deprecated Use machine.Open.$Properties instead.
     */
    interface IOpen extends machine.Open.$Properties {
    }

    /** Represents an Open. */
    class Open {

        /**
         * Constructs a new Open.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Open.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Open session. */
        session: Uint8Array;

        /** Open secretHash. */
        secretHash: Uint8Array;

        /** Open host. */
        host: Uint8Array;

        /** Open boot. */
        boot?: (number|null);

        /** Open ttlMs. */
        ttlMs: number;

        /** Open liveness. */
        liveness: number;

        /** Open member. */
        member: string;

        /** Open app. */
        app: string;

        /** Open pid. */
        pid: number;

        /** Open attachment. */
        attachment?: (number|null);

        /**
         * Encodes the specified Open message. Does not implicitly {@link machine.Open.verify|verify} messages.
         * @param message Open message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Open.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Open message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Open & machine.Open.$Shape} Open
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Open & machine.Open.$Shape;
    }

    namespace Open {

        /** Properties of an Open. */
        interface $Properties {

            /** Open session */
            session?: (Uint8Array|null);

            /** Open secretHash */
            secretHash?: (Uint8Array|null);

            /** Open host */
            host?: (Uint8Array|null);

            /** Open boot */
            boot?: (number|null);

            /** Open ttlMs */
            ttlMs?: (number|null);

            /** Open liveness */
            liveness?: (number|null);

            /** Open member */
            member?: (string|null);

            /** Open app */
            app?: (string|null);

            /** Open pid */
            pid?: (number|null);

            /** Open attachment */
            attachment?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Open. */
        type $Shape = machine.Open.$Properties;
    }

    /**
     * Properties of an Attach.
     * @deprecated Use machine.Attach.$Properties instead.
     */
    interface IAttach extends machine.Attach.$Properties {
    }

    /** Represents an Attach. */
    class Attach {

        /**
         * Constructs a new Attach.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Attach.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Attach session. */
        session: Uint8Array;

        /** Attach secretHash. */
        secretHash: Uint8Array;

        /** Attach host. */
        host: Uint8Array;

        /** Attach boot. */
        boot?: (number|null);

        /** Attach attachment. */
        attachment?: (number|null);

        /**
         * Encodes the specified Attach message. Does not implicitly {@link machine.Attach.verify|verify} messages.
         * @param message Attach message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Attach.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Attach message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Attach & machine.Attach.$Shape} Attach
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Attach & machine.Attach.$Shape;
    }

    namespace Attach {

        /** Properties of an Attach. */
        interface $Properties {

            /** Attach session */
            session?: (Uint8Array|null);

            /** Attach secretHash */
            secretHash?: (Uint8Array|null);

            /** Attach host */
            host?: (Uint8Array|null);

            /** Attach boot */
            boot?: (number|null);

            /** Attach attachment */
            attachment?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Attach. */
        type $Shape = machine.Attach.$Properties;
    }

    /**
     * Properties of an Attachment.
     * @deprecated Use machine.Attachment.$Properties instead.
     */
    interface IAttachment extends machine.Attachment.$Properties {
    }

    /** Represents an Attachment. */
    class Attachment {

        /**
         * Constructs a new Attachment.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Attachment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Attachment boot. */
        boot?: (number|null);

        /** Attachment attachment. */
        attachment?: (number|null);

        /**
         * Encodes the specified Attachment message. Does not implicitly {@link machine.Attachment.verify|verify} messages.
         * @param message Attachment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Attachment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Attachment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Attachment & machine.Attachment.$Shape} Attachment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Attachment & machine.Attachment.$Shape;
    }

    namespace Attachment {

        /** Properties of an Attachment. */
        interface $Properties {

            /** Attachment boot */
            boot?: (number|null);

            /** Attachment attachment */
            attachment?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Attachment. */
        type $Shape = machine.Attachment.$Properties;
    }

    /**
     * Properties of a Detach.
     * @deprecated Use machine.Detach.$Properties instead.
     */
    interface IDetach extends machine.Detach.$Properties {
    }

    /** Represents a Detach. */
    class Detach {

        /**
         * Constructs a new Detach.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Detach.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Detach session. */
        session: Uint8Array;

        /** Detach of. */
        of?: (machine.Attachment.$Properties|null);

        /**
         * Encodes the specified Detach message. Does not implicitly {@link machine.Detach.verify|verify} messages.
         * @param message Detach message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Detach.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Detach message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Detach & machine.Detach.$Shape} Detach
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Detach & machine.Detach.$Shape;
    }

    namespace Detach {

        /** Properties of a Detach. */
        interface $Properties {

            /** Detach session */
            session?: (Uint8Array|null);

            /** Detach of */
            of?: (machine.Attachment.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Detach. */
        type $Shape = machine.Detach.$Properties;
    }

    /**
     * Properties of an End.
     * @deprecated Use machine.End.$Properties instead.
     */
    interface IEnd extends machine.End.$Properties {
    }

    /** Represents an End. */
    class End {

        /**
         * Constructs a new End.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.End.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** End session. */
        session: Uint8Array;

        /** End of. */
        of?: (machine.Attachment.$Properties|null);

        /** End cause. */
        cause: number;

        /** End isGone. */
        isGone: boolean;

        /**
         * Encodes the specified End message. Does not implicitly {@link machine.End.verify|verify} messages.
         * @param message End message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.End.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an End message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.End & machine.End.$Shape} End
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.End & machine.End.$Shape;
    }

    namespace End {

        /** Properties of an End. */
        interface $Properties {

            /** End session */
            session?: (Uint8Array|null);

            /** End of */
            of?: (machine.Attachment.$Properties|null);

            /** End cause */
            cause?: (number|null);

            /** End isGone */
            isGone?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an End. */
        type $Shape = machine.End.$Properties;
    }

    /**
     * Properties of a RemoveHost.
     * @deprecated Use machine.RemoveHost.$Properties instead.
     */
    interface IRemoveHost extends machine.RemoveHost.$Properties {
    }

    /** Represents a RemoveHost. */
    class RemoveHost {

        /**
         * Constructs a new RemoveHost.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.RemoveHost.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RemoveHost host. */
        host: Uint8Array;

        /**
         * Encodes the specified RemoveHost message. Does not implicitly {@link machine.RemoveHost.verify|verify} messages.
         * @param message RemoveHost message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.RemoveHost.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RemoveHost message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.RemoveHost & machine.RemoveHost.$Shape} RemoveHost
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.RemoveHost & machine.RemoveHost.$Shape;
    }

    namespace RemoveHost {

        /** Properties of a RemoveHost. */
        interface $Properties {

            /** RemoveHost host */
            host?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RemoveHost. */
        type $Shape = machine.RemoveHost.$Properties;
    }

    /**
     * Properties of an EndHost.
     * @deprecated Use machine.EndHost.$Properties instead.
     */
    interface IEndHost extends machine.EndHost.$Properties {
    }

    /** Represents an EndHost. */
    class EndHost {

        /**
         * Constructs a new EndHost.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.EndHost.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EndHost host. */
        host: Uint8Array;

        /** EndHost boot. */
        boot?: (number|null);

        /** EndHost isGone. */
        isGone: boolean;

        /**
         * Encodes the specified EndHost message. Does not implicitly {@link machine.EndHost.verify|verify} messages.
         * @param message EndHost message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.EndHost.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EndHost message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.EndHost & machine.EndHost.$Shape} EndHost
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.EndHost & machine.EndHost.$Shape;
    }

    namespace EndHost {

        /** Properties of an EndHost. */
        interface $Properties {

            /** EndHost host */
            host?: (Uint8Array|null);

            /** EndHost boot */
            boot?: (number|null);

            /** EndHost isGone */
            isGone?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EndHost. */
        type $Shape = machine.EndHost.$Properties;
    }

    /**
     * Properties of a Request.
     * @deprecated Use machine.Request.$Properties instead.
     */
    interface IRequest extends machine.Request.$Properties {
    }

    /** Represents a Request. */
    class Request {

        /**
         * Constructs a new Request.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Request.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Request session. */
        session: Uint8Array;

        /** Request seq. */
        seq?: (number|null);

        /** Request floor. */
        floor?: (number|null);

        /**
         * Encodes the specified Request message. Does not implicitly {@link machine.Request.verify|verify} messages.
         * @param message Request message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Request.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Request & machine.Request.$Shape} Request
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Request & machine.Request.$Shape;
    }

    namespace Request {

        /** Properties of a Request. */
        interface $Properties {

            /** Request session */
            session?: (Uint8Array|null);

            /** Request seq */
            seq?: (number|null);

            /** Request floor */
            floor?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Request. */
        type $Shape = machine.Request.$Properties;
    }

    /**
     * Properties of an Acquire.
     * @deprecated Use machine.Acquire.$Properties instead.
     */
    interface IAcquire extends machine.Acquire.$Properties {
    }

    /** Represents an Acquire. */
    class Acquire {

        /**
         * Constructs a new Acquire.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Acquire.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Acquire request. */
        request?: (machine.Request.$Properties|null);

        /** Acquire hold. */
        hold: number;

        /** Acquire names. */
        names: string[];

        /** Acquire isShared. */
        isShared: boolean;

        /** Acquire waitMs. */
        waitMs?: (number|null);

        /** Acquire priority. */
        priority: number;

        /** Acquire maxHoldMs. */
        maxHoldMs?: (number|null);

        /** Acquire lockDelayMs. */
        lockDelayMs: number;

        /** Acquire note. */
        note?: (string|null);

        /** Acquire value. */
        value?: (string|null);

        /** Acquire limit. */
        limit?: (number|null);

        /** Acquire weight. */
        weight?: (number|null);

        /** Acquire id. */
        id?: (string|null);

        /** Acquire ready. */
        ready?: (boolean|null);

        /** Acquire worker. */
        worker?: (machine.Worker.$Properties|null);

        /**
         * Encodes the specified Acquire message. Does not implicitly {@link machine.Acquire.verify|verify} messages.
         * @param message Acquire message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Acquire.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Acquire message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Acquire & machine.Acquire.$Shape} Acquire
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Acquire & machine.Acquire.$Shape;
    }

    namespace Acquire {

        /** Properties of an Acquire. */
        interface $Properties {

            /** Acquire request */
            request?: (machine.Request.$Properties|null);

            /** Acquire hold */
            hold?: (number|null);

            /** Acquire names */
            names?: (string[]|null);

            /** Acquire isShared */
            isShared?: (boolean|null);

            /** Acquire waitMs */
            waitMs?: (number|null);

            /** Acquire priority */
            priority?: (number|null);

            /** Acquire maxHoldMs */
            maxHoldMs?: (number|null);

            /** Acquire lockDelayMs */
            lockDelayMs?: (number|null);

            /** Acquire note */
            note?: (string|null);

            /** Acquire value */
            value?: (string|null);

            /** Acquire limit */
            limit?: (number|null);

            /** Acquire weight */
            weight?: (number|null);

            /** Acquire id */
            id?: (string|null);

            /** Acquire ready */
            ready?: (boolean|null);

            /** Acquire worker */
            worker?: (machine.Worker.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Acquire. */
        type $Shape = machine.Acquire.$Properties;
    }

    /**
     * Properties of a Worker.
     * @deprecated Use machine.Worker.$Properties instead.
     */
    interface IWorker extends machine.Worker.$Properties {
    }

    /** Represents a Worker. */
    class Worker {

        /**
         * Constructs a new Worker.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Worker.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Worker capacity. */
        capacity?: (number|null);

        /** Worker zone. */
        zone?: (string|null);

        /** Worker tags. */
        tags: machine.Tag.$Properties[];

        /** Worker isLeaving. */
        isLeaving: boolean;

        /**
         * Encodes the specified Worker message. Does not implicitly {@link machine.Worker.verify|verify} messages.
         * @param message Worker message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Worker.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Worker message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Worker & machine.Worker.$Shape} Worker
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Worker & machine.Worker.$Shape;
    }

    namespace Worker {

        /** Properties of a Worker. */
        interface $Properties {

            /** Worker capacity */
            capacity?: (number|null);

            /** Worker zone */
            zone?: (string|null);

            /** Worker tags */
            tags?: (machine.Tag.$Properties[]|null);

            /** Worker isLeaving */
            isLeaving?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Worker. */
        type $Shape = machine.Worker.$Properties;
    }

    /**
     * Properties of a Tag.
     * @deprecated Use machine.Tag.$Properties instead.
     */
    interface ITag extends machine.Tag.$Properties {
    }

    /** Represents a Tag. */
    class Tag {

        /**
         * Constructs a new Tag.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Tag.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Tag key. */
        key: string;

        /** Tag value. */
        value: string;

        /**
         * Encodes the specified Tag message. Does not implicitly {@link machine.Tag.verify|verify} messages.
         * @param message Tag message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Tag.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Tag message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Tag & machine.Tag.$Shape} Tag
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Tag & machine.Tag.$Shape;
    }

    namespace Tag {

        /** Properties of a Tag. */
        interface $Properties {

            /** Tag key */
            key?: (string|null);

            /** Tag value */
            value?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Tag. */
        type $Shape = machine.Tag.$Properties;
    }

    /**
     * Properties of a Resize.
     * @deprecated Use machine.Resize.$Properties instead.
     */
    interface IResize extends machine.Resize.$Properties {
    }

    /** Represents a Resize. */
    class Resize {

        /**
         * Constructs a new Resize.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Resize.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Resize request. */
        request?: (machine.Request.$Properties|null);

        /** Resize name. */
        name: string;

        /** Resize limit. */
        limit?: (number|null);

        /**
         * Encodes the specified Resize message. Does not implicitly {@link machine.Resize.verify|verify} messages.
         * @param message Resize message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Resize.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Resize message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Resize & machine.Resize.$Shape} Resize
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Resize & machine.Resize.$Shape;
    }

    namespace Resize {

        /** Properties of a Resize. */
        interface $Properties {

            /** Resize request */
            request?: (machine.Request.$Properties|null);

            /** Resize name */
            name?: (string|null);

            /** Resize limit */
            limit?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Resize. */
        type $Shape = machine.Resize.$Properties;
    }

    /**
     * Properties of a KvPut.
     * @deprecated Use machine.KvPut.$Properties instead.
     */
    interface IKvPut extends machine.KvPut.$Properties {
    }

    /** Represents a KvPut. */
    class KvPut {

        /**
         * Constructs a new KvPut.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.KvPut.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** KvPut request. */
        request?: (machine.Request.$Properties|null);

        /** KvPut key. */
        key: string;

        /** KvPut value. */
        value: string;

        /** KvPut ifRev. */
        ifRev?: (number|null);

        /** KvPut guard. */
        guard?: (machine.Guard.$Properties|null);

        /**
         * Encodes the specified KvPut message. Does not implicitly {@link machine.KvPut.verify|verify} messages.
         * @param message KvPut message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.KvPut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a KvPut message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.KvPut & machine.KvPut.$Shape} KvPut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.KvPut & machine.KvPut.$Shape;
    }

    namespace KvPut {

        /** Properties of a KvPut. */
        interface $Properties {

            /** KvPut request */
            request?: (machine.Request.$Properties|null);

            /** KvPut key */
            key?: (string|null);

            /** KvPut value */
            value?: (string|null);

            /** KvPut ifRev */
            ifRev?: (number|null);

            /** KvPut guard */
            guard?: (machine.Guard.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a KvPut. */
        type $Shape = machine.KvPut.$Properties;
    }

    /**
     * Properties of a KvDelete.
     * @deprecated Use machine.KvDelete.$Properties instead.
     */
    interface IKvDelete extends machine.KvDelete.$Properties {
    }

    /** Represents a KvDelete. */
    class KvDelete {

        /**
         * Constructs a new KvDelete.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.KvDelete.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** KvDelete request. */
        request?: (machine.Request.$Properties|null);

        /** KvDelete key. */
        key: string;

        /** KvDelete ifRev. */
        ifRev?: (number|null);

        /** KvDelete guard. */
        guard?: (machine.Guard.$Properties|null);

        /**
         * Encodes the specified KvDelete message. Does not implicitly {@link machine.KvDelete.verify|verify} messages.
         * @param message KvDelete message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.KvDelete.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a KvDelete message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.KvDelete & machine.KvDelete.$Shape} KvDelete
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.KvDelete & machine.KvDelete.$Shape;
    }

    namespace KvDelete {

        /** Properties of a KvDelete. */
        interface $Properties {

            /** KvDelete request */
            request?: (machine.Request.$Properties|null);

            /** KvDelete key */
            key?: (string|null);

            /** KvDelete ifRev */
            ifRev?: (number|null);

            /** KvDelete guard */
            guard?: (machine.Guard.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a KvDelete. */
        type $Shape = machine.KvDelete.$Properties;
    }

    /**
     * Properties of a Guard.
     * @deprecated Use machine.Guard.$Properties instead.
     */
    interface IGuard extends machine.Guard.$Properties {
    }

    /** Represents a Guard. */
    class Guard {

        /**
         * Constructs a new Guard.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Guard.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Guard kind. */
        kind: number;

        /** Guard name. */
        name: string;

        /** Guard token. */
        token?: (number|null);

        /**
         * Encodes the specified Guard message. Does not implicitly {@link machine.Guard.verify|verify} messages.
         * @param message Guard message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Guard.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Guard message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Guard & machine.Guard.$Shape} Guard
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Guard & machine.Guard.$Shape;
    }

    namespace Guard {

        /** Properties of a Guard. */
        interface $Properties {

            /** Guard kind */
            kind?: (number|null);

            /** Guard name */
            name?: (string|null);

            /** Guard token */
            token?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Guard. */
        type $Shape = machine.Guard.$Properties;
    }

    /**
     * Properties of a Release.
     * @deprecated Use machine.Release.$Properties instead.
     */
    interface IRelease extends machine.Release.$Properties {
    }

    /** Represents a Release. */
    class Release {

        /**
         * Constructs a new Release.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Release.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Release request. */
        request?: (machine.Request.$Properties|null);

        /** Release token. */
        token?: (number|null);

        /**
         * Encodes the specified Release message. Does not implicitly {@link machine.Release.verify|verify} messages.
         * @param message Release message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Release.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Release message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Release & machine.Release.$Shape} Release
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Release & machine.Release.$Shape;
    }

    namespace Release {

        /** Properties of a Release. */
        interface $Properties {

            /** Release request */
            request?: (machine.Request.$Properties|null);

            /** Release token */
            token?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Release. */
        type $Shape = machine.Release.$Properties;
    }

    /**
     * Properties of an Update.
     * @deprecated Use machine.Update.$Properties instead.
     */
    interface IUpdate extends machine.Update.$Properties {
    }

    /** Represents an Update. */
    class Update {

        /**
         * Constructs a new Update.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Update.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Update request. */
        request?: (machine.Request.$Properties|null);

        /** Update token. */
        token?: (number|null);

        /** Update note. */
        note?: (string|null);

        /** Update value. */
        value?: (string|null);

        /** Update ready. */
        ready?: (boolean|null);

        /**
         * Encodes the specified Update message. Does not implicitly {@link machine.Update.verify|verify} messages.
         * @param message Update message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Update.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Update message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Update & machine.Update.$Shape} Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Update & machine.Update.$Shape;
    }

    namespace Update {

        /** Properties of an Update. */
        interface $Properties {

            /** Update request */
            request?: (machine.Request.$Properties|null);

            /** Update token */
            token?: (number|null);

            /** Update note */
            note?: (string|null);

            /** Update value */
            value?: (string|null);

            /** Update ready */
            ready?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Update. */
        type $Shape = machine.Update.$Properties;
    }

    /**
     * Properties of a Transfer.
     * @deprecated Use machine.Transfer.$Properties instead.
     */
    interface ITransfer extends machine.Transfer.$Properties {
    }

    /** Represents a Transfer. */
    class Transfer {

        /**
         * Constructs a new Transfer.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Transfer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Transfer request. */
        request?: (machine.Request.$Properties|null);

        /** Transfer token. */
        token?: (number|null);

        /** Transfer to. */
        to?: (string|null);

        /**
         * Encodes the specified Transfer message. Does not implicitly {@link machine.Transfer.verify|verify} messages.
         * @param message Transfer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Transfer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Transfer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Transfer & machine.Transfer.$Shape} Transfer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Transfer & machine.Transfer.$Shape;
    }

    namespace Transfer {

        /** Properties of a Transfer. */
        interface $Properties {

            /** Transfer request */
            request?: (machine.Request.$Properties|null);

            /** Transfer token */
            token?: (number|null);

            /** Transfer to */
            to?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Transfer. */
        type $Shape = machine.Transfer.$Properties;
    }

    /**
     * Properties of a Revoke.
     * @deprecated Use machine.Revoke.$Properties instead.
     */
    interface IRevoke extends machine.Revoke.$Properties {
    }

    /** Represents a Revoke. */
    class Revoke {

        /**
         * Constructs a new Revoke.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Revoke.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Revoke session. */
        session?: (Uint8Array|null);

        /** Revoke hold. */
        hold: number;

        /** Revoke name. */
        name: string;

        /** Revoke token. */
        token?: (number|null);

        /** Revoke graceMs. */
        graceMs?: (number|null);

        /** Revoke by. */
        by: string;

        /** Revoke reason. */
        reason: string;

        /**
         * Encodes the specified Revoke message. Does not implicitly {@link machine.Revoke.verify|verify} messages.
         * @param message Revoke message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Revoke.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Revoke message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Revoke & machine.Revoke.$Shape} Revoke
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Revoke & machine.Revoke.$Shape;
    }

    namespace Revoke {

        /** Properties of a Revoke. */
        interface $Properties {

            /** Revoke session */
            session?: (Uint8Array|null);

            /** Revoke hold */
            hold?: (number|null);

            /** Revoke name */
            name?: (string|null);

            /** Revoke token */
            token?: (number|null);

            /** Revoke graceMs */
            graceMs?: (number|null);

            /** Revoke by */
            by?: (string|null);

            /** Revoke reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Revoke. */
        type $Shape = machine.Revoke.$Properties;
    }

    /**
     * Properties of a Found.
     * @deprecated Use machine.Found.$Properties instead.
     */
    interface IFound extends machine.Found.$Properties {
    }

    /** Represents a Found. */
    class Found {

        /**
         * Constructs a new Found.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Found.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Found clusterId. */
        clusterId: string;

        /** Found wallMs. */
        wallMs?: (number|null);

        /**
         * Encodes the specified Found message. Does not implicitly {@link machine.Found.verify|verify} messages.
         * @param message Found message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Found.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Found message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Found & machine.Found.$Shape} Found
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Found & machine.Found.$Shape;
    }

    namespace Found {

        /** Properties of a Found. */
        interface $Properties {

            /** Found clusterId */
            clusterId?: (string|null);

            /** Found wallMs */
            wallMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Found. */
        type $Shape = machine.Found.$Properties;
    }

    /**
     * Properties of a Recover.
     * @deprecated Use machine.Recover.$Properties instead.
     */
    interface IRecover extends machine.Recover.$Properties {
    }

    /** Represents a Recover. */
    class Recover {

        /**
         * Constructs a new Recover.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Recover.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Recover wallMs. */
        wallMs?: (number|null);

        /** Recover snapshotWallMs. */
        snapshotWallMs?: (number|null);

        /**
         * Encodes the specified Recover message. Does not implicitly {@link machine.Recover.verify|verify} messages.
         * @param message Recover message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Recover.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Recover message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Recover & machine.Recover.$Shape} Recover
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Recover & machine.Recover.$Shape;
    }

    namespace Recover {

        /** Properties of a Recover. */
        interface $Properties {

            /** Recover wallMs */
            wallMs?: (number|null);

            /** Recover snapshotWallMs */
            snapshotWallMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Recover. */
        type $Shape = machine.Recover.$Properties;
    }

    /**
     * Properties of a CheckHash.
     * @deprecated Use machine.CheckHash.$Properties instead.
     */
    interface ICheckHash extends machine.CheckHash.$Properties {
    }

    /** Represents a CheckHash. */
    class CheckHash {

        /**
         * Constructs a new CheckHash.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.CheckHash.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CheckHash index. */
        index?: (number|null);

        /** CheckHash hash. */
        hash: string;

        /**
         * Encodes the specified CheckHash message. Does not implicitly {@link machine.CheckHash.verify|verify} messages.
         * @param message CheckHash message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.CheckHash.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CheckHash message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.CheckHash & machine.CheckHash.$Shape} CheckHash
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.CheckHash & machine.CheckHash.$Shape;
    }

    namespace CheckHash {

        /** Properties of a CheckHash. */
        interface $Properties {

            /** CheckHash index */
            index?: (number|null);

            /** CheckHash hash */
            hash?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CheckHash. */
        type $Shape = machine.CheckHash.$Properties;
    }

    /**
     * Properties of a Stage.
     * @deprecated Use machine.Stage.$Properties instead.
     */
    interface IStage extends machine.Stage.$Properties {
    }

    /** Represents a Stage. */
    class Stage {

        /**
         * Constructs a new Stage.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Stage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Stage restore. */
        restore: Uint8Array;

        /** Stage part. */
        part: number;

        /** Stage data. */
        data: Uint8Array;

        /**
         * Encodes the specified Stage message. Does not implicitly {@link machine.Stage.verify|verify} messages.
         * @param message Stage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Stage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Stage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Stage & machine.Stage.$Shape} Stage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Stage & machine.Stage.$Shape;
    }

    namespace Stage {

        /** Properties of a Stage. */
        interface $Properties {

            /** Stage restore */
            restore?: (Uint8Array|null);

            /** Stage part */
            part?: (number|null);

            /** Stage data */
            data?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Stage. */
        type $Shape = machine.Stage.$Properties;
    }

    /**
     * Properties of an Unstage.
     * @deprecated Use machine.Unstage.$Properties instead.
     */
    interface IUnstage extends machine.Unstage.$Properties {
    }

    /** Represents an Unstage. */
    class Unstage {

        /**
         * Constructs a new Unstage.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Unstage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Unstage restore. */
        restore: Uint8Array;

        /**
         * Encodes the specified Unstage message. Does not implicitly {@link machine.Unstage.verify|verify} messages.
         * @param message Unstage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Unstage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Unstage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Unstage & machine.Unstage.$Shape} Unstage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Unstage & machine.Unstage.$Shape;
    }

    namespace Unstage {

        /** Properties of an Unstage. */
        interface $Properties {

            /** Unstage restore */
            restore?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Unstage. */
        type $Shape = machine.Unstage.$Properties;
    }

    /**
     * Properties of a Restore.
     * @deprecated Use machine.Restore.$Properties instead.
     */
    interface IRestore extends machine.Restore.$Properties {
    }

    /** Represents a Restore. */
    class Restore {

        /**
         * Constructs a new Restore.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Restore.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Restore restore. */
        restore: Uint8Array;

        /** Restore parts. */
        parts: number;

        /** Restore wallMs. */
        wallMs?: (number|null);

        /** Restore savedWallMs. */
        savedWallMs?: (number|null);

        /** Restore quietMs. */
        quietMs: number;

        /**
         * Encodes the specified Restore message. Does not implicitly {@link machine.Restore.verify|verify} messages.
         * @param message Restore message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Restore.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Restore message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Restore & machine.Restore.$Shape} Restore
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Restore & machine.Restore.$Shape;
    }

    namespace Restore {

        /** Properties of a Restore. */
        interface $Properties {

            /** Restore restore */
            restore?: (Uint8Array|null);

            /** Restore parts */
            parts?: (number|null);

            /** Restore wallMs */
            wallMs?: (number|null);

            /** Restore savedWallMs */
            savedWallMs?: (number|null);

            /** Restore quietMs */
            quietMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Restore. */
        type $Shape = machine.Restore.$Properties;
    }

    /**
     * Properties of a WorkConfigure.
     * @deprecated Use machine.WorkConfigure.$Properties instead.
     */
    interface IWorkConfigure extends machine.WorkConfigure.$Properties {
    }

    /** Represents a WorkConfigure. */
    class WorkConfigure {

        /**
         * Constructs a new WorkConfigure.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkConfigure.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkConfigure request. */
        request?: (machine.Request.$Properties|null);

        /** WorkConfigure pool. */
        pool: string;

        /** WorkConfigure partitions. */
        partitions?: (number|null);

        /** WorkConfigure handoffTimeoutMs. */
        handoffTimeoutMs?: (number|null);

        /** WorkConfigure restartGraceMs. */
        restartGraceMs?: (number|null);

        /** WorkConfigure spread. */
        spread?: (number|null);

        /** WorkConfigure maxAttempts. */
        maxAttempts?: (number|null);

        /** WorkConfigure ifRev. */
        ifRev?: (number|null);

        /**
         * Encodes the specified WorkConfigure message. Does not implicitly {@link machine.WorkConfigure.verify|verify} messages.
         * @param message WorkConfigure message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkConfigure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkConfigure message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkConfigure & machine.WorkConfigure.$Shape} WorkConfigure
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkConfigure & machine.WorkConfigure.$Shape;
    }

    namespace WorkConfigure {

        /** Properties of a WorkConfigure. */
        interface $Properties {

            /** WorkConfigure request */
            request?: (machine.Request.$Properties|null);

            /** WorkConfigure pool */
            pool?: (string|null);

            /** WorkConfigure partitions */
            partitions?: (number|null);

            /** WorkConfigure handoffTimeoutMs */
            handoffTimeoutMs?: (number|null);

            /** WorkConfigure restartGraceMs */
            restartGraceMs?: (number|null);

            /** WorkConfigure spread */
            spread?: (number|null);

            /** WorkConfigure maxAttempts */
            maxAttempts?: (number|null);

            /** WorkConfigure ifRev */
            ifRev?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkConfigure. */
        type $Shape = machine.WorkConfigure.$Properties;
    }

    /**
     * Properties of a WorkPut.
     * @deprecated Use machine.WorkPut.$Properties instead.
     */
    interface IWorkPut extends machine.WorkPut.$Properties {
    }

    /** Represents a WorkPut. */
    class WorkPut {

        /**
         * Constructs a new WorkPut.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkPut.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkPut request. */
        request?: (machine.Request.$Properties|null);

        /** WorkPut pool. */
        pool: string;

        /** WorkPut item. */
        item: string;

        /** WorkPut payload. */
        payload?: (string|null);

        /** WorkPut weight. */
        weight: number;

        /** WorkPut pin. */
        pin?: (string|null);

        /**
         * Encodes the specified WorkPut message. Does not implicitly {@link machine.WorkPut.verify|verify} messages.
         * @param message WorkPut message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkPut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkPut message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkPut & machine.WorkPut.$Shape} WorkPut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkPut & machine.WorkPut.$Shape;
    }

    namespace WorkPut {

        /** Properties of a WorkPut. */
        interface $Properties {

            /** WorkPut request */
            request?: (machine.Request.$Properties|null);

            /** WorkPut pool */
            pool?: (string|null);

            /** WorkPut item */
            item?: (string|null);

            /** WorkPut payload */
            payload?: (string|null);

            /** WorkPut weight */
            weight?: (number|null);

            /** WorkPut pin */
            pin?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkPut. */
        type $Shape = machine.WorkPut.$Properties;
    }

    /**
     * Properties of a WorkItem.
     * @deprecated Use machine.WorkItem.$Properties instead.
     */
    interface IWorkItem extends machine.WorkItem.$Properties {
    }

    /** Represents a WorkItem. */
    class WorkItem {

        /**
         * Constructs a new WorkItem.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkItem.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkItem request. */
        request?: (machine.Request.$Properties|null);

        /** WorkItem pool. */
        pool: string;

        /** WorkItem item. */
        item: string;

        /**
         * Encodes the specified WorkItem message. Does not implicitly {@link machine.WorkItem.verify|verify} messages.
         * @param message WorkItem message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkItem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkItem message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkItem & machine.WorkItem.$Shape} WorkItem
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkItem & machine.WorkItem.$Shape;
    }

    namespace WorkItem {

        /** Properties of a WorkItem. */
        interface $Properties {

            /** WorkItem request */
            request?: (machine.Request.$Properties|null);

            /** WorkItem pool */
            pool?: (string|null);

            /** WorkItem item */
            item?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkItem. */
        type $Shape = machine.WorkItem.$Properties;
    }

    /**
     * Properties of a WorkSettle.
     * @deprecated Use machine.WorkSettle.$Properties instead.
     */
    interface IWorkSettle extends machine.WorkSettle.$Properties {
    }

    /** Represents a WorkSettle. */
    class WorkSettle {

        /**
         * Constructs a new WorkSettle.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkSettle.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkSettle request. */
        request?: (machine.Request.$Properties|null);

        /** WorkSettle pool. */
        pool: string;

        /** WorkSettle item. */
        item: string;

        /** WorkSettle token. */
        token?: (number|null);

        /** WorkSettle result. */
        result: number;

        /** WorkSettle message. */
        message?: (string|null);

        /**
         * Encodes the specified WorkSettle message. Does not implicitly {@link machine.WorkSettle.verify|verify} messages.
         * @param message WorkSettle message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkSettle.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkSettle message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkSettle & machine.WorkSettle.$Shape} WorkSettle
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkSettle & machine.WorkSettle.$Shape;
    }

    namespace WorkSettle {

        /** Properties of a WorkSettle. */
        interface $Properties {

            /** WorkSettle request */
            request?: (machine.Request.$Properties|null);

            /** WorkSettle pool */
            pool?: (string|null);

            /** WorkSettle item */
            item?: (string|null);

            /** WorkSettle token */
            token?: (number|null);

            /** WorkSettle result */
            result?: (number|null);

            /** WorkSettle message */
            message?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkSettle. */
        type $Shape = machine.WorkSettle.$Properties;
    }

    /**
     * Properties of a WorkCheckpoint.
     * @deprecated Use machine.WorkCheckpoint.$Properties instead.
     */
    interface IWorkCheckpoint extends machine.WorkCheckpoint.$Properties {
    }

    /** Represents a WorkCheckpoint. */
    class WorkCheckpoint {

        /**
         * Constructs a new WorkCheckpoint.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkCheckpoint.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkCheckpoint request. */
        request?: (machine.Request.$Properties|null);

        /** WorkCheckpoint pool. */
        pool: string;

        /** WorkCheckpoint item. */
        item: string;

        /** WorkCheckpoint token. */
        token?: (number|null);

        /** WorkCheckpoint value. */
        value: string;

        /**
         * Encodes the specified WorkCheckpoint message. Does not implicitly {@link machine.WorkCheckpoint.verify|verify} messages.
         * @param message WorkCheckpoint message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkCheckpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkCheckpoint message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkCheckpoint & machine.WorkCheckpoint.$Shape} WorkCheckpoint
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkCheckpoint & machine.WorkCheckpoint.$Shape;
    }

    namespace WorkCheckpoint {

        /** Properties of a WorkCheckpoint. */
        interface $Properties {

            /** WorkCheckpoint request */
            request?: (machine.Request.$Properties|null);

            /** WorkCheckpoint pool */
            pool?: (string|null);

            /** WorkCheckpoint item */
            item?: (string|null);

            /** WorkCheckpoint token */
            token?: (number|null);

            /** WorkCheckpoint value */
            value?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkCheckpoint. */
        type $Shape = machine.WorkCheckpoint.$Properties;
    }

    /**
     * Properties of a WorkAssign.
     * @deprecated Use machine.WorkAssign.$Properties instead.
     */
    interface IWorkAssign extends machine.WorkAssign.$Properties {
    }

    /** Represents a WorkAssign. */
    class WorkAssign {

        /**
         * Constructs a new WorkAssign.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.WorkAssign.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WorkAssign pool. */
        pool: string;

        /** WorkAssign moves. */
        moves: machine.Move.$Properties[];

        /**
         * Encodes the specified WorkAssign message. Does not implicitly {@link machine.WorkAssign.verify|verify} messages.
         * @param message WorkAssign message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.WorkAssign.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WorkAssign message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.WorkAssign & machine.WorkAssign.$Shape} WorkAssign
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.WorkAssign & machine.WorkAssign.$Shape;
    }

    namespace WorkAssign {

        /** Properties of a WorkAssign. */
        interface $Properties {

            /** WorkAssign pool */
            pool?: (string|null);

            /** WorkAssign moves */
            moves?: (machine.Move.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WorkAssign. */
        type $Shape = machine.WorkAssign.$Properties;
    }

    /**
     * Properties of a Move.
     * @deprecated Use machine.Move.$Properties instead.
     */
    interface IMove extends machine.Move.$Properties {
    }

    /** Represents a Move. */
    class Move {

        /**
         * Constructs a new Move.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Move.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Move item. */
        item: string;

        /** Move session. */
        session?: (Uint8Array|null);

        /** Move seq. */
        seq?: (number|null);

        /** Move token. */
        token?: (number|null);

        /** Move reason. */
        reason: string;

        /**
         * Encodes the specified Move message. Does not implicitly {@link machine.Move.verify|verify} messages.
         * @param message Move message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Move.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Move message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Move & machine.Move.$Shape} Move
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Move & machine.Move.$Shape;
    }

    namespace Move {

        /** Properties of a Move. */
        interface $Properties {

            /** Move item */
            item?: (string|null);

            /** Move session */
            session?: (Uint8Array|null);

            /** Move seq */
            seq?: (number|null);

            /** Move token */
            token?: (number|null);

            /** Move reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Move. */
        type $Shape = machine.Move.$Properties;
    }

    /**
     * Properties of a Record.
     * @deprecated Use machine.Record.$Properties instead.
     */
    interface IRecord extends machine.Record.$Properties {
    }

    /** Represents a Record. */
    class Record {

        /**
         * Constructs a new Record.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Record.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Record meta. */
        meta?: (machine.Meta.$Properties|null);

        /** Record host. */
        host?: (machine.Host.$Properties|null);

        /** Record session. */
        session?: (machine.Session.$Properties|null);

        /** Record name. */
        name?: (machine.Name.$Properties|null);

        /** Record hold. */
        hold?: (machine.Hold.$Properties|null);

        /** Record ended. */
        ended?: (machine.Ended.$Properties|null);

        /** Record total. */
        total?: (machine.Total.$Properties|null);

        /** Record staged. */
        staged?: (machine.Staged.$Properties|null);

        /** Record entry. */
        entry?: (machine.Entry.$Properties|null);

        /** Record pool. */
        pool?: (machine.Pool.$Properties|null);

        /** Record item. */
        item?: (machine.Item.$Properties|null);

        /** Record tombstone. */
        tombstone?: (machine.Tombstone.$Properties|null);

        /** Record answers. */
        answers?: (machine.Answers.$Properties|null);

        /** Record kind. */
        kind?: ("meta"|"host"|"session"|"name"|"hold"|"ended"|"total"|"staged"|"entry"|"pool"|"item"|"tombstone"|"answers");

        /**
         * Encodes the specified Record message. Does not implicitly {@link machine.Record.verify|verify} messages.
         * @param message Record message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Record.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Record message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Record & machine.Record.$Shape} Record
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Record & machine.Record.$Shape;
    }

    namespace Record {

        /** Properties of a Record. */
        interface $Properties {

            /** Record meta */
            meta?: (machine.Meta.$Properties|null);

            /** Record host */
            host?: (machine.Host.$Properties|null);

            /** Record session */
            session?: (machine.Session.$Properties|null);

            /** Record name */
            name?: (machine.Name.$Properties|null);

            /** Record hold */
            hold?: (machine.Hold.$Properties|null);

            /** Record ended */
            ended?: (machine.Ended.$Properties|null);

            /** Record total */
            total?: (machine.Total.$Properties|null);

            /** Record staged */
            staged?: (machine.Staged.$Properties|null);

            /** Record entry */
            entry?: (machine.Entry.$Properties|null);

            /** Record pool */
            pool?: (machine.Pool.$Properties|null);

            /** Record item */
            item?: (machine.Item.$Properties|null);

            /** Record tombstone */
            tombstone?: (machine.Tombstone.$Properties|null);

            /** Record answers */
            answers?: (machine.Answers.$Properties|null);

            /** Record kind */
            kind?: ("meta"|"host"|"session"|"name"|"hold"|"ended"|"total"|"staged"|"entry"|"pool"|"item"|"tombstone"|"answers");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Record. */
        type $Shape = {
          meta?: machine.Meta.$Shape|null;
          host?: machine.Host.$Shape|null;
          session?: machine.Session.$Shape|null;
          name?: machine.Name.$Shape|null;
          hold?: machine.Hold.$Shape|null;
          ended?: machine.Ended.$Shape|null;
          total?: machine.Total.$Shape|null;
          staged?: machine.Staged.$Shape|null;
          entry?: machine.Entry.$Shape|null;
          pool?: machine.Pool.$Shape|null;
          item?: machine.Item.$Shape|null;
          tombstone?: machine.Tombstone.$Shape|null;
          answers?: machine.Answers.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "meta"; meta: machine.Meta.$Shape; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "host"; meta?: null; host: machine.Host.$Shape; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "session"; meta?: null; host?: null; session: machine.Session.$Shape; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "name"; meta?: null; host?: null; session?: null; name: machine.Name.$Shape; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "hold"; meta?: null; host?: null; session?: null; name?: null; hold: machine.Hold.$Shape; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "ended"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended: machine.Ended.$Shape; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "total"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total: machine.Total.$Shape; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "staged"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged: machine.Staged.$Shape; entry?: null; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "entry"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry: machine.Entry.$Shape; pool?: null; item?: null; tombstone?: null; answers?: null }|{ kind?: "pool"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool: machine.Pool.$Shape; item?: null; tombstone?: null; answers?: null }|{ kind?: "item"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item: machine.Item.$Shape; tombstone?: null; answers?: null }|{ kind?: "tombstone"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone: machine.Tombstone.$Shape; answers?: null }|{ kind?: "answers"; meta?: null; host?: null; session?: null; name?: null; hold?: null; ended?: null; total?: null; staged?: null; entry?: null; pool?: null; item?: null; tombstone?: null; answers: machine.Answers.$Shape })
        );
    }

    /**
     * Properties of a Meta.
     * @deprecated Use machine.Meta.$Properties instead.
     */
    interface IMeta extends machine.Meta.$Properties {
    }

    /** Represents a Meta. */
    class Meta {

        /**
         * Constructs a new Meta.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Meta.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Meta clusterId. */
        clusterId: string;

        /** Meta timeMs. */
        timeMs?: (number|null);

        /** Meta rev. */
        rev?: (number|null);

        /** Meta token. */
        token?: (number|null);

        /** Meta order. */
        order?: (number|null);

        /** Meta epoch. */
        epoch?: (number|null);

        /** Meta wallMs. */
        wallMs?: (number|null);

        /** Meta quietUntilMs. */
        quietUntilMs?: (number|null);

        /** Meta restored. */
        restored: string;

        /** Meta walls. */
        walls: machine.Wall.$Properties[];

        /** Meta removed. */
        removed: Uint8Array[];

        /**
         * Encodes the specified Meta message. Does not implicitly {@link machine.Meta.verify|verify} messages.
         * @param message Meta message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Meta.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Meta message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Meta & machine.Meta.$Shape} Meta
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Meta & machine.Meta.$Shape;
    }

    namespace Meta {

        /** Properties of a Meta. */
        interface $Properties {

            /** Meta clusterId */
            clusterId?: (string|null);

            /** Meta timeMs */
            timeMs?: (number|null);

            /** Meta rev */
            rev?: (number|null);

            /** Meta token */
            token?: (number|null);

            /** Meta order */
            order?: (number|null);

            /** Meta epoch */
            epoch?: (number|null);

            /** Meta wallMs */
            wallMs?: (number|null);

            /** Meta quietUntilMs */
            quietUntilMs?: (number|null);

            /** Meta restored */
            restored?: (string|null);

            /** Meta walls */
            walls?: (machine.Wall.$Properties[]|null);

            /** Meta removed */
            removed?: (Uint8Array[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Meta. */
        type $Shape = machine.Meta.$Properties;
    }

    /**
     * Properties of a Wall.
     * @deprecated Use machine.Wall.$Properties instead.
     */
    interface IWall extends machine.Wall.$Properties {
    }

    /** Represents a Wall. */
    class Wall {

        /**
         * Constructs a new Wall.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Wall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Wall timeMs. */
        timeMs?: (number|null);

        /** Wall wallMs. */
        wallMs?: (number|null);

        /**
         * Encodes the specified Wall message. Does not implicitly {@link machine.Wall.verify|verify} messages.
         * @param message Wall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Wall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Wall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Wall & machine.Wall.$Shape} Wall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Wall & machine.Wall.$Shape;
    }

    namespace Wall {

        /** Properties of a Wall. */
        interface $Properties {

            /** Wall timeMs */
            timeMs?: (number|null);

            /** Wall wallMs */
            wallMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Wall. */
        type $Shape = machine.Wall.$Properties;
    }

    /**
     * Properties of a Staged.
     * @deprecated Use machine.Staged.$Properties instead.
     */
    interface IStaged extends machine.Staged.$Properties {
    }

    /** Represents a Staged. */
    class Staged {

        /**
         * Constructs a new Staged.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Staged.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Staged restore. */
        restore: Uint8Array;

        /** Staged part. */
        part: number;

        /** Staged atMs. */
        atMs?: (number|null);

        /** Staged data. */
        data: Uint8Array;

        /**
         * Encodes the specified Staged message. Does not implicitly {@link machine.Staged.verify|verify} messages.
         * @param message Staged message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Staged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Staged message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Staged & machine.Staged.$Shape} Staged
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Staged & machine.Staged.$Shape;
    }

    namespace Staged {

        /** Properties of a Staged. */
        interface $Properties {

            /** Staged restore */
            restore?: (Uint8Array|null);

            /** Staged part */
            part?: (number|null);

            /** Staged atMs */
            atMs?: (number|null);

            /** Staged data */
            data?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Staged. */
        type $Shape = machine.Staged.$Properties;
    }

    /**
     * Properties of an Entry.
     * @deprecated Use machine.Entry.$Properties instead.
     */
    interface IEntry extends machine.Entry.$Properties {
    }

    /** Represents an Entry. */
    class Entry {

        /**
         * Constructs a new Entry.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Entry.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Entry key. */
        key: string;

        /** Entry value. */
        value: string;

        /** Entry modRev. */
        modRev?: (number|null);

        /** Entry createRev. */
        createRev?: (number|null);

        /**
         * Encodes the specified Entry message. Does not implicitly {@link machine.Entry.verify|verify} messages.
         * @param message Entry message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Entry message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Entry & machine.Entry.$Shape} Entry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Entry & machine.Entry.$Shape;
    }

    namespace Entry {

        /** Properties of an Entry. */
        interface $Properties {

            /** Entry key */
            key?: (string|null);

            /** Entry value */
            value?: (string|null);

            /** Entry modRev */
            modRev?: (number|null);

            /** Entry createRev */
            createRev?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Entry. */
        type $Shape = machine.Entry.$Properties;
    }

    /**
     * Properties of a Host.
     * @deprecated Use machine.Host.$Properties instead.
     */
    interface IHost extends machine.Host.$Properties {
    }

    /** Represents a Host. */
    class Host {

        /**
         * Constructs a new Host.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Host.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Host id. */
        id: Uint8Array;

        /** Host boot. */
        boot?: (number|null);

        /** Host renewedAtMs. */
        renewedAtMs?: (number|null);

        /** Host isBraked. */
        isBraked: boolean;

        /**
         * Encodes the specified Host message. Does not implicitly {@link machine.Host.verify|verify} messages.
         * @param message Host message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Host.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Host message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Host & machine.Host.$Shape} Host
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Host & machine.Host.$Shape;
    }

    namespace Host {

        /** Properties of a Host. */
        interface $Properties {

            /** Host id */
            id?: (Uint8Array|null);

            /** Host boot */
            boot?: (number|null);

            /** Host renewedAtMs */
            renewedAtMs?: (number|null);

            /** Host isBraked */
            isBraked?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Host. */
        type $Shape = machine.Host.$Properties;
    }

    /**
     * Properties of a Session.
     * @deprecated Use machine.Session.$Properties instead.
     */
    interface ISession extends machine.Session.$Properties {
    }

    /** Represents a Session. */
    class Session {

        /**
         * Constructs a new Session.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Session.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Session id. */
        id: Uint8Array;

        /** Session host. */
        host: Uint8Array;

        /** Session secretHash. */
        secretHash: Uint8Array;

        /** Session ttlMs. */
        ttlMs: number;

        /** Session liveness. */
        liveness: number;

        /** Session member. */
        member: string;

        /** Session app. */
        app: string;

        /** Session pid. */
        pid: number;

        /** Session openedAtMs. */
        openedAtMs?: (number|null);

        /** Session attachment. */
        attachment?: (number|null);

        /** Session detachedUntilMs. */
        detachedUntilMs?: (number|null);

        /** Session boot. */
        boot?: (number|null);

        /** Session revoking. */
        revoking?: (machine.Revoking.$Properties|null);

        /**
         * Encodes the specified Session message. Does not implicitly {@link machine.Session.verify|verify} messages.
         * @param message Session message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Session.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Session message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Session & machine.Session.$Shape} Session
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Session & machine.Session.$Shape;
    }

    namespace Session {

        /** Properties of a Session. */
        interface $Properties {

            /** Session id */
            id?: (Uint8Array|null);

            /** Session host */
            host?: (Uint8Array|null);

            /** Session secretHash */
            secretHash?: (Uint8Array|null);

            /** Session ttlMs */
            ttlMs?: (number|null);

            /** Session liveness */
            liveness?: (number|null);

            /** Session member */
            member?: (string|null);

            /** Session app */
            app?: (string|null);

            /** Session pid */
            pid?: (number|null);

            /** Session openedAtMs */
            openedAtMs?: (number|null);

            /** Session attachment */
            attachment?: (number|null);

            /** Session detachedUntilMs */
            detachedUntilMs?: (number|null);

            /** Session boot */
            boot?: (number|null);

            /** Session revoking */
            revoking?: (machine.Revoking.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Session. */
        type $Shape = machine.Session.$Properties;
    }

    /**
     * Properties of a Revoking.
     * @deprecated Use machine.Revoking.$Properties instead.
     */
    interface IRevoking extends machine.Revoking.$Properties {
    }

    /** Represents a Revoking. */
    class Revoking {

        /**
         * Constructs a new Revoking.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Revoking.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Revoking by. */
        by: string;

        /** Revoking reason. */
        reason: string;

        /** Revoking untilMs. */
        untilMs?: (number|null);

        /**
         * Encodes the specified Revoking message. Does not implicitly {@link machine.Revoking.verify|verify} messages.
         * @param message Revoking message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Revoking.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Revoking message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Revoking & machine.Revoking.$Shape} Revoking
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Revoking & machine.Revoking.$Shape;
    }

    namespace Revoking {

        /** Properties of a Revoking. */
        interface $Properties {

            /** Revoking by */
            by?: (string|null);

            /** Revoking reason */
            reason?: (string|null);

            /** Revoking untilMs */
            untilMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Revoking. */
        type $Shape = machine.Revoking.$Properties;
    }

    /**
     * Properties of a Name.
     * @deprecated Use machine.Name.$Properties instead.
     */
    interface IName extends machine.Name.$Properties {
    }

    /** Represents a Name. */
    class Name {

        /**
         * Constructs a new Name.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Name.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Name kind. */
        kind: number;

        /** Name name. */
        name: string;

        /** Name limit. */
        limit?: (number|null);

        /** Name quietUntilMs. */
        quietUntilMs?: (number|null);

        /** Name askedAtMs. */
        askedAtMs?: (number|null);

        /** Name freedAt. */
        freedAt?: (number|null);

        /** Name figures. */
        figures?: (machine.Figures.$Properties|null);

        /** Name history. */
        history: machine.PastGrant.$Properties[];

        /**
         * Encodes the specified Name message. Does not implicitly {@link machine.Name.verify|verify} messages.
         * @param message Name message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Name.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Name message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Name & machine.Name.$Shape} Name
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Name & machine.Name.$Shape;
    }

    namespace Name {

        /** Properties of a Name. */
        interface $Properties {

            /** Name kind */
            kind?: (number|null);

            /** Name name */
            name?: (string|null);

            /** Name limit */
            limit?: (number|null);

            /** Name quietUntilMs */
            quietUntilMs?: (number|null);

            /** Name askedAtMs */
            askedAtMs?: (number|null);

            /** Name freedAt */
            freedAt?: (number|null);

            /** Name figures */
            figures?: (machine.Figures.$Properties|null);

            /** Name history */
            history?: (machine.PastGrant.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Name. */
        type $Shape = machine.Name.$Properties;
    }

    /**
     * Properties of a Figures.
     * @deprecated Use machine.Figures.$Properties instead.
     */
    interface IFigures extends machine.Figures.$Properties {
    }

    /** Represents a Figures. */
    class Figures {

        /**
         * Constructs a new Figures.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Figures.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Figures grants. */
        grants?: (number|null);

        /** Figures lost. */
        lost?: (number|null);

        /** Figures asked. */
        asked?: (number|null);

        /** Figures heldMs. */
        heldMs?: (number|null);

        /** Figures heldMaxMs. */
        heldMaxMs?: (number|null);

        /** Figures waitedMs. */
        waitedMs?: (number|null);

        /** Figures waitedMaxMs. */
        waitedMaxMs?: (number|null);

        /** Figures letGoMs. */
        letGoMs?: (number|null);

        /** Figures letGoMaxMs. */
        letGoMaxMs?: (number|null);

        /** Figures queue. */
        queue?: (number|null);

        /** Figures queueMax. */
        queueMax?: (number|null);

        /**
         * Encodes the specified Figures message. Does not implicitly {@link machine.Figures.verify|verify} messages.
         * @param message Figures message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Figures.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Figures message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Figures & machine.Figures.$Shape} Figures
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Figures & machine.Figures.$Shape;
    }

    namespace Figures {

        /** Properties of a Figures. */
        interface $Properties {

            /** Figures grants */
            grants?: (number|null);

            /** Figures lost */
            lost?: (number|null);

            /** Figures asked */
            asked?: (number|null);

            /** Figures heldMs */
            heldMs?: (number|null);

            /** Figures heldMaxMs */
            heldMaxMs?: (number|null);

            /** Figures waitedMs */
            waitedMs?: (number|null);

            /** Figures waitedMaxMs */
            waitedMaxMs?: (number|null);

            /** Figures letGoMs */
            letGoMs?: (number|null);

            /** Figures letGoMaxMs */
            letGoMaxMs?: (number|null);

            /** Figures queue */
            queue?: (number|null);

            /** Figures queueMax */
            queueMax?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Figures. */
        type $Shape = machine.Figures.$Properties;
    }

    /**
     * Properties of a PastGrant.
     * @deprecated Use machine.PastGrant.$Properties instead.
     */
    interface IPastGrant extends machine.PastGrant.$Properties {
    }

    /** Represents a PastGrant. */
    class PastGrant {

        /**
         * Constructs a new PastGrant.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.PastGrant.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** PastGrant token. */
        token?: (number|null);

        /** PastGrant member. */
        member: string;

        /** PastGrant app. */
        app: string;

        /** PastGrant sinceMs. */
        sinceMs?: (number|null);

        /** PastGrant untilMs. */
        untilMs?: (number|null);

        /** PastGrant reason. */
        reason: number;

        /** PastGrant revoked. */
        revoked?: (machine.Revoking.$Properties|null);

        /**
         * Encodes the specified PastGrant message. Does not implicitly {@link machine.PastGrant.verify|verify} messages.
         * @param message PastGrant message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.PastGrant.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a PastGrant message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.PastGrant & machine.PastGrant.$Shape} PastGrant
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.PastGrant & machine.PastGrant.$Shape;
    }

    namespace PastGrant {

        /** Properties of a PastGrant. */
        interface $Properties {

            /** PastGrant token */
            token?: (number|null);

            /** PastGrant member */
            member?: (string|null);

            /** PastGrant app */
            app?: (string|null);

            /** PastGrant sinceMs */
            sinceMs?: (number|null);

            /** PastGrant untilMs */
            untilMs?: (number|null);

            /** PastGrant reason */
            reason?: (number|null);

            /** PastGrant revoked */
            revoked?: (machine.Revoking.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a PastGrant. */
        type $Shape = machine.PastGrant.$Properties;
    }

    /**
     * Properties of a Hold.
     * @deprecated Use machine.Hold.$Properties instead.
     */
    interface IHold extends machine.Hold.$Properties {
    }

    /** Represents a Hold. */
    class Hold {

        /**
         * Constructs a new Hold.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Hold.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Hold session. */
        session: Uint8Array;

        /** Hold seq. */
        seq?: (number|null);

        /** Hold kind. */
        kind: number;

        /** Hold names. */
        names: string[];

        /** Hold isShared. */
        isShared: boolean;

        /** Hold weight. */
        weight?: (number|null);

        /** Hold order. */
        order?: (number|null);

        /** Hold priority. */
        priority: number;

        /** Hold queuedAtMs. */
        queuedAtMs?: (number|null);

        /** Hold waitUntilMs. */
        waitUntilMs?: (number|null);

        /** Hold maxHoldMs. */
        maxHoldMs?: (number|null);

        /** Hold lockDelayMs. */
        lockDelayMs: number;

        /** Hold note. */
        note?: (string|null);

        /** Hold value. */
        value?: (string|null);

        /** Hold token. */
        token?: (number|null);

        /** Hold grantedAtMs. */
        grantedAtMs?: (number|null);

        /** Hold revoking. */
        revoking?: (machine.Revoking.$Properties|null);

        /** Hold id. */
        id?: (string|null);

        /** Hold ready. */
        ready?: (boolean|null);

        /** Hold worker. */
        worker?: (machine.Worker.$Properties|null);

        /** Hold askedAtMs. */
        askedAtMs?: (number|null);

        /**
         * Encodes the specified Hold message. Does not implicitly {@link machine.Hold.verify|verify} messages.
         * @param message Hold message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Hold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Hold message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Hold & machine.Hold.$Shape} Hold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Hold & machine.Hold.$Shape;
    }

    namespace Hold {

        /** Properties of a Hold. */
        interface $Properties {

            /** Hold session */
            session?: (Uint8Array|null);

            /** Hold seq */
            seq?: (number|null);

            /** Hold kind */
            kind?: (number|null);

            /** Hold names */
            names?: (string[]|null);

            /** Hold isShared */
            isShared?: (boolean|null);

            /** Hold weight */
            weight?: (number|null);

            /** Hold order */
            order?: (number|null);

            /** Hold priority */
            priority?: (number|null);

            /** Hold queuedAtMs */
            queuedAtMs?: (number|null);

            /** Hold waitUntilMs */
            waitUntilMs?: (number|null);

            /** Hold maxHoldMs */
            maxHoldMs?: (number|null);

            /** Hold lockDelayMs */
            lockDelayMs?: (number|null);

            /** Hold note */
            note?: (string|null);

            /** Hold value */
            value?: (string|null);

            /** Hold token */
            token?: (number|null);

            /** Hold grantedAtMs */
            grantedAtMs?: (number|null);

            /** Hold revoking */
            revoking?: (machine.Revoking.$Properties|null);

            /** Hold id */
            id?: (string|null);

            /** Hold ready */
            ready?: (boolean|null);

            /** Hold worker */
            worker?: (machine.Worker.$Properties|null);

            /** Hold askedAtMs */
            askedAtMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Hold. */
        type $Shape = machine.Hold.$Properties;
    }

    /**
     * Properties of an Answers.
     * @deprecated Use machine.Answers.$Properties instead.
     */
    interface IAnswers extends machine.Answers.$Properties {
    }

    /** Represents an Answers. */
    class Answers {

        /**
         * Constructs a new Answers.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Answers.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Answers session. */
        session: Uint8Array;

        /** Answers floor. */
        floor?: (number|null);

        /** Answers items. */
        items: machine.Answer.$Properties[];

        /**
         * Encodes the specified Answers message. Does not implicitly {@link machine.Answers.verify|verify} messages.
         * @param message Answers message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Answers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Answers message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Answers & machine.Answers.$Shape} Answers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Answers & machine.Answers.$Shape;
    }

    namespace Answers {

        /** Properties of an Answers. */
        interface $Properties {

            /** Answers session */
            session?: (Uint8Array|null);

            /** Answers floor */
            floor?: (number|null);

            /** Answers items */
            items?: (machine.Answer.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Answers. */
        type $Shape = {
          session?: Uint8Array|null;
          floor?: number|null;
          items?: machine.Answer.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an Answer.
     * @deprecated Use machine.Answer.$Properties instead.
     */
    interface IAnswer extends machine.Answer.$Properties {
    }

    /** Represents an Answer. */
    class Answer {

        /**
         * Constructs a new Answer.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Answer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Answer seq. */
        seq?: (number|null);

        /** Answer rev. */
        rev?: (number|null);

        /** Answer ended. */
        ended?: (machine.EndedHold.$Properties|null);

        /** Answer written. */
        written?: (machine.Nothing.$Properties|null);

        /** Answer refused. */
        refused?: (machine.Refusal.$Properties|null);

        /** Answer opened. */
        opened?: (machine.Opened.$Properties|null);

        /** Answer removed. */
        removed?: (machine.Removed.$Properties|null);

        /** Answer result. */
        result?: ("ended"|"written"|"refused"|"opened"|"removed");

        /**
         * Encodes the specified Answer message. Does not implicitly {@link machine.Answer.verify|verify} messages.
         * @param message Answer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Answer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Answer & machine.Answer.$Shape} Answer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Answer & machine.Answer.$Shape;
    }

    namespace Answer {

        /** Properties of an Answer. */
        interface $Properties {

            /** Answer seq */
            seq?: (number|null);

            /** Answer rev */
            rev?: (number|null);

            /** Answer ended */
            ended?: (machine.EndedHold.$Properties|null);

            /** Answer written */
            written?: (machine.Nothing.$Properties|null);

            /** Answer refused */
            refused?: (machine.Refusal.$Properties|null);

            /** Answer opened */
            opened?: (machine.Opened.$Properties|null);

            /** Answer removed */
            removed?: (machine.Removed.$Properties|null);

            /** Answer result */
            result?: ("ended"|"written"|"refused"|"opened"|"removed");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Answer. */
        type $Shape = {
          seq?: number|null;
          rev?: number|null;
          ended?: machine.EndedHold.$Shape|null;
          written?: machine.Nothing.$Shape|null;
          refused?: machine.Refusal.$Shape|null;
          opened?: machine.Opened.$Shape|null;
          removed?: machine.Removed.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ result?: undefined; ended?: null; written?: null; refused?: null; opened?: null; removed?: null }|{ result?: "ended"; ended: machine.EndedHold.$Shape; written?: null; refused?: null; opened?: null; removed?: null }|{ result?: "written"; ended?: null; written: machine.Nothing.$Shape; refused?: null; opened?: null; removed?: null }|{ result?: "refused"; ended?: null; written?: null; refused: machine.Refusal.$Shape; opened?: null; removed?: null }|{ result?: "opened"; ended?: null; written?: null; refused?: null; opened: machine.Opened.$Shape; removed?: null }|{ result?: "removed"; ended?: null; written?: null; refused?: null; opened?: null; removed: machine.Removed.$Shape })
        );
    }

    /**
     * Properties of an Opened.
     * @deprecated Use machine.Opened.$Properties instead.
     */
    interface IOpened extends machine.Opened.$Properties {
    }

    /** Represents an Opened. */
    class Opened {

        /**
         * Constructs a new Opened.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Opened.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Opened generation. */
        generation?: (number|null);

        /** Opened index. */
        index: number;

        /**
         * Encodes the specified Opened message. Does not implicitly {@link machine.Opened.verify|verify} messages.
         * @param message Opened message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Opened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Opened message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Opened & machine.Opened.$Shape} Opened
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Opened & machine.Opened.$Shape;
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
        type $Shape = machine.Opened.$Properties;
    }

    /**
     * Properties of a Removed.
     * @deprecated Use machine.Removed.$Properties instead.
     */
    interface IRemoved extends machine.Removed.$Properties {
    }

    /** Represents a Removed. */
    class Removed {

        /**
         * Constructs a new Removed.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Removed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Removed isRemoved. */
        isRemoved: boolean;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link machine.Removed.verify|verify} messages.
         * @param message Removed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Removed & machine.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Removed & machine.Removed.$Shape;
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
        type $Shape = machine.Removed.$Properties;
    }

    /**
     * Properties of an EndedHold.
     * @deprecated Use machine.EndedHold.$Properties instead.
     */
    interface IEndedHold extends machine.EndedHold.$Properties {
    }

    /** Represents an EndedHold. */
    class EndedHold {

        /**
         * Constructs a new EndedHold.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.EndedHold.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EndedHold how. */
        how: number;

        /** EndedHold token. */
        token?: (number|null);

        /**
         * Encodes the specified EndedHold message. Does not implicitly {@link machine.EndedHold.verify|verify} messages.
         * @param message EndedHold message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.EndedHold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EndedHold message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.EndedHold & machine.EndedHold.$Shape} EndedHold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.EndedHold & machine.EndedHold.$Shape;
    }

    namespace EndedHold {

        /** Properties of an EndedHold. */
        interface $Properties {

            /** EndedHold how */
            how?: (number|null);

            /** EndedHold token */
            token?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EndedHold. */
        type $Shape = machine.EndedHold.$Properties;
    }

    /**
     * Properties of a Refusal.
     * @deprecated Use machine.Refusal.$Properties instead.
     */
    interface IRefusal extends machine.Refusal.$Properties {
    }

    /** Represents a Refusal. */
    class Refusal {

        /**
         * Constructs a new Refusal.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Refusal.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Refusal kind. */
        kind: number;

        /** Refusal detail. */
        detail: string;

        /** Refusal current. */
        current?: (number|null);

        /**
         * Encodes the specified Refusal message. Does not implicitly {@link machine.Refusal.verify|verify} messages.
         * @param message Refusal message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Refusal message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Refusal & machine.Refusal.$Shape} Refusal
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Refusal & machine.Refusal.$Shape;
    }

    namespace Refusal {

        /** Properties of a Refusal. */
        interface $Properties {

            /** Refusal kind */
            kind?: (number|null);

            /** Refusal detail */
            detail?: (string|null);

            /** Refusal current */
            current?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Refusal. */
        type $Shape = machine.Refusal.$Properties;
    }

    /**
     * Properties of a Pool.
     * @deprecated Use machine.Pool.$Properties instead.
     */
    interface IPool extends machine.Pool.$Properties {
    }

    /** Represents a Pool. */
    class Pool {

        /**
         * Constructs a new Pool.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Pool.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Pool name. */
        name: string;

        /** Pool partitions. */
        partitions: number;

        /** Pool handoffTimeoutMs. */
        handoffTimeoutMs?: (number|null);

        /** Pool restartGraceMs. */
        restartGraceMs?: (number|null);

        /** Pool spread. */
        spread: number;

        /** Pool maxAttempts. */
        maxAttempts: number;

        /** Pool configuredAt. */
        configuredAt?: (number|null);

        /** Pool brake. */
        brake?: (machine.Brake.$Properties|null);

        /** Pool losses. */
        losses: machine.Loss.$Properties[];

        /**
         * Encodes the specified Pool message. Does not implicitly {@link machine.Pool.verify|verify} messages.
         * @param message Pool message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Pool.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Pool message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Pool & machine.Pool.$Shape} Pool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Pool & machine.Pool.$Shape;
    }

    namespace Pool {

        /** Properties of a Pool. */
        interface $Properties {

            /** Pool name */
            name?: (string|null);

            /** Pool partitions */
            partitions?: (number|null);

            /** Pool handoffTimeoutMs */
            handoffTimeoutMs?: (number|null);

            /** Pool restartGraceMs */
            restartGraceMs?: (number|null);

            /** Pool spread */
            spread?: (number|null);

            /** Pool maxAttempts */
            maxAttempts?: (number|null);

            /** Pool configuredAt */
            configuredAt?: (number|null);

            /** Pool brake */
            brake?: (machine.Brake.$Properties|null);

            /** Pool losses */
            losses?: (machine.Loss.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Pool. */
        type $Shape = machine.Pool.$Properties;
    }

    /**
     * Properties of a Loss.
     * @deprecated Use machine.Loss.$Properties instead.
     */
    interface ILoss extends machine.Loss.$Properties {
    }

    /** Represents a Loss. */
    class Loss {

        /**
         * Constructs a new Loss.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Loss.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Loss atMs. */
        atMs?: (number|null);

        /** Loss count. */
        count: number;

        /** Loss id. */
        id?: (string|null);

        /**
         * Encodes the specified Loss message. Does not implicitly {@link machine.Loss.verify|verify} messages.
         * @param message Loss message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Loss.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Loss message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Loss & machine.Loss.$Shape} Loss
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Loss & machine.Loss.$Shape;
    }

    namespace Loss {

        /** Properties of a Loss. */
        interface $Properties {

            /** Loss atMs */
            atMs?: (number|null);

            /** Loss count */
            count?: (number|null);

            /** Loss id */
            id?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Loss. */
        type $Shape = machine.Loss.$Properties;
    }

    /**
     * Properties of a Brake.
     * @deprecated Use machine.Brake.$Properties instead.
     */
    interface IBrake extends machine.Brake.$Properties {
    }

    /** Represents a Brake. */
    class Brake {

        /**
         * Constructs a new Brake.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Brake.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Brake untilMs. */
        untilMs?: (number|null);

        /** Brake of. */
        of: number;

        /**
         * Encodes the specified Brake message. Does not implicitly {@link machine.Brake.verify|verify} messages.
         * @param message Brake message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Brake.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Brake message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Brake & machine.Brake.$Shape} Brake
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Brake & machine.Brake.$Shape;
    }

    namespace Brake {

        /** Properties of a Brake. */
        interface $Properties {

            /** Brake untilMs */
            untilMs?: (number|null);

            /** Brake of */
            of?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Brake. */
        type $Shape = machine.Brake.$Properties;
    }

    /**
     * Properties of an Item.
     * @deprecated Use machine.Item.$Properties instead.
     */
    interface IItem extends machine.Item.$Properties {
    }

    /** Represents an Item. */
    class Item {

        /**
         * Constructs a new Item.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Item.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Item pool. */
        pool: string;

        /** Item item. */
        item: string;

        /** Item order. */
        order?: (number|null);

        /** Item payload. */
        payload?: (string|null);

        /** Item weight. */
        weight: number;

        /** Item pin. */
        pin?: (string|null);

        /** Item state. */
        state: number;

        /** Item owner. */
        owner?: (machine.Owner.$Properties|null);

        /** Item target. */
        target?: (string|null);

        /** Item keptUntilMs. */
        keptUntilMs?: (number|null);

        /** Item revoking. */
        revoking?: (machine.Revoking.$Properties|null);

        /** Item attempt. */
        attempt: number;

        /** Item losses. */
        losses: number;

        /** Item checkpoint. */
        checkpoint?: (string|null);

        /** Item sinceMs. */
        sinceMs?: (number|null);

        /** Item decisions. */
        decisions: machine.Decision.$Properties[];

        /**
         * Encodes the specified Item message. Does not implicitly {@link machine.Item.verify|verify} messages.
         * @param message Item message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Item.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Item message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Item & machine.Item.$Shape} Item
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Item & machine.Item.$Shape;
    }

    namespace Item {

        /** Properties of an Item. */
        interface $Properties {

            /** Item pool */
            pool?: (string|null);

            /** Item item */
            item?: (string|null);

            /** Item order */
            order?: (number|null);

            /** Item payload */
            payload?: (string|null);

            /** Item weight */
            weight?: (number|null);

            /** Item pin */
            pin?: (string|null);

            /** Item state */
            state?: (number|null);

            /** Item owner */
            owner?: (machine.Owner.$Properties|null);

            /** Item target */
            target?: (string|null);

            /** Item keptUntilMs */
            keptUntilMs?: (number|null);

            /** Item revoking */
            revoking?: (machine.Revoking.$Properties|null);

            /** Item attempt */
            attempt?: (number|null);

            /** Item losses */
            losses?: (number|null);

            /** Item checkpoint */
            checkpoint?: (string|null);

            /** Item sinceMs */
            sinceMs?: (number|null);

            /** Item decisions */
            decisions?: (machine.Decision.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Item. */
        type $Shape = machine.Item.$Properties;
    }

    /**
     * Properties of a Tombstone.
     * @deprecated Use machine.Tombstone.$Properties instead.
     */
    interface ITombstone extends machine.Tombstone.$Properties {
    }

    /** Represents a Tombstone. */
    class Tombstone {

        /**
         * Constructs a new Tombstone.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Tombstone.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Tombstone pool. */
        pool: string;

        /** Tombstone item. */
        item: string;

        /** Tombstone worker. */
        worker: string;

        /** Tombstone untilMs. */
        untilMs?: (number|null);

        /**
         * Encodes the specified Tombstone message. Does not implicitly {@link machine.Tombstone.verify|verify} messages.
         * @param message Tombstone message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Tombstone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Tombstone message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Tombstone & machine.Tombstone.$Shape} Tombstone
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Tombstone & machine.Tombstone.$Shape;
    }

    namespace Tombstone {

        /** Properties of a Tombstone. */
        interface $Properties {

            /** Tombstone pool */
            pool?: (string|null);

            /** Tombstone item */
            item?: (string|null);

            /** Tombstone worker */
            worker?: (string|null);

            /** Tombstone untilMs */
            untilMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Tombstone. */
        type $Shape = machine.Tombstone.$Properties;
    }

    /**
     * Properties of an Owner.
     * @deprecated Use machine.Owner.$Properties instead.
     */
    interface IOwner extends machine.Owner.$Properties {
    }

    /** Represents an Owner. */
    class Owner {

        /**
         * Constructs a new Owner.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Owner.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Owner session. */
        session: Uint8Array;

        /** Owner seq. */
        seq?: (number|null);

        /** Owner id. */
        id: string;

        /** Owner token. */
        token?: (number|null);

        /** Owner note. */
        note?: (string|null);

        /**
         * Encodes the specified Owner message. Does not implicitly {@link machine.Owner.verify|verify} messages.
         * @param message Owner message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Owner.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Owner message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Owner & machine.Owner.$Shape} Owner
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Owner & machine.Owner.$Shape;
    }

    namespace Owner {

        /** Properties of an Owner. */
        interface $Properties {

            /** Owner session */
            session?: (Uint8Array|null);

            /** Owner seq */
            seq?: (number|null);

            /** Owner id */
            id?: (string|null);

            /** Owner token */
            token?: (number|null);

            /** Owner note */
            note?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Owner. */
        type $Shape = machine.Owner.$Properties;
    }

    /**
     * Properties of a Decision.
     * @deprecated Use machine.Decision.$Properties instead.
     */
    interface IDecision extends machine.Decision.$Properties {
    }

    /** Represents a Decision. */
    class Decision {

        /**
         * Constructs a new Decision.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Decision.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Decision rev. */
        rev?: (number|null);

        /** Decision atMs. */
        atMs?: (number|null);

        /** Decision from. */
        from?: (string|null);

        /** Decision to. */
        to?: (string|null);

        /** Decision reason. */
        reason: string;

        /**
         * Encodes the specified Decision message. Does not implicitly {@link machine.Decision.verify|verify} messages.
         * @param message Decision message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Decision.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Decision message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Decision & machine.Decision.$Shape} Decision
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Decision & machine.Decision.$Shape;
    }

    namespace Decision {

        /** Properties of a Decision. */
        interface $Properties {

            /** Decision rev */
            rev?: (number|null);

            /** Decision atMs */
            atMs?: (number|null);

            /** Decision from */
            from?: (string|null);

            /** Decision to */
            to?: (string|null);

            /** Decision reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Decision. */
        type $Shape = machine.Decision.$Properties;
    }

    /**
     * Properties of an Ended.
     * @deprecated Use machine.Ended.$Properties instead.
     */
    interface IEnded extends machine.Ended.$Properties {
    }

    /** Represents an Ended. */
    class Ended {

        /**
         * Constructs a new Ended.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Ended.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ended id. */
        id: Uint8Array;

        /** Ended cause. */
        cause: number;

        /** Ended endedAtMs. */
        endedAtMs?: (number|null);

        /**
         * Encodes the specified Ended message. Does not implicitly {@link machine.Ended.verify|verify} messages.
         * @param message Ended message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Ended.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Ended message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Ended & machine.Ended.$Shape} Ended
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Ended & machine.Ended.$Shape;
    }

    namespace Ended {

        /** Properties of an Ended. */
        interface $Properties {

            /** Ended id */
            id?: (Uint8Array|null);

            /** Ended cause */
            cause?: (number|null);

            /** Ended endedAtMs */
            endedAtMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Ended. */
        type $Shape = machine.Ended.$Properties;
    }

    /**
     * Properties of a Total.
     * @deprecated Use machine.Total.$Properties instead.
     */
    interface ITotal extends machine.Total.$Properties {
    }

    /** Represents a Total. */
    class Total {

        /**
         * Constructs a new Total.
         * @param [properties] Properties to set
         */
        constructor(properties?: machine.Total.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Total records. */
        records?: (number|null);

        /** Total hash. */
        hash: string;

        /**
         * Encodes the specified Total message. Does not implicitly {@link machine.Total.verify|verify} messages.
         * @param message Total message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: machine.Total.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Total message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {machine.Total & machine.Total.$Shape} Total
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): machine.Total & machine.Total.$Shape;
    }

    namespace Total {

        /** Properties of a Total. */
        interface $Properties {

            /** Total records */
            records?: (number|null);

            /** Total hash */
            hash?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Total. */
        type $Shape = machine.Total.$Properties;
    }
}
