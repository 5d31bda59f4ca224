package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.Call;
import java.util.List;

/** Has the commands of all families carried out by one handler. */
public final class AllCommands {
    private AllCommands() {}

    /** Handles every command. */
    public interface Handler
            extends PortCommandHandler,
                    RouterCommandHandler,
                    InterfaceCommandHandler,
                    EmulationCommandHandler,
                    MemberCommandHandler,
                    AddressCommandHandler,
                    NeighbourCommandHandler,
                    RouteCommandHandler,
                    LabelCommandHandler,
                    ClassCommandHandler,
                    KeyCommandHandler,
                    ResyncCommandHandler,
                    DumpCommandHandler,
                    CaptureCommandHandler,
                    BarrierCommandHandler,
                    InvalidCommandHandler {}

    public static CommandHandlers of(Handler all) {
        return new CommandHandlers(all, all, all, all, all, all, all, all, all, all, all, all, all, all, all, all);
    }

    /** Appends every call to a list. */
    public static CommandHandlers recorder(List<Call> calls) {
        return of(Call.recorder(Handler.class, calls));
    }
}
