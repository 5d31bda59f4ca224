package io.vireo.dataplane.wire.command;

/**
 * Who carries out the commands of each family: in the conductor, the owner of the state that they change. Each method is the
 * other end of the method of {@link DataplaneProxy}, or of the proxy of the family, with the like name; the fields' meaning
 * and ranges stand in {@code vireo-wire.xml} and have been checked against it. What only the data plane's state can tell (does
 * the router exist?) is for the handler to check.
 *
 * <p>Every text, spec and list that a handler gets is a reused view, valid during the call only. Single-threaded.
 */
public record CommandHandlers(
        PortCommandHandler ports,
        RouterCommandHandler routers,
        InterfaceCommandHandler interfaces,
        EmulationCommandHandler emulations,
        MemberCommandHandler members,
        AddressCommandHandler addresses,
        NeighbourCommandHandler neighbours,
        RouteCommandHandler routes,
        LabelCommandHandler labels,
        ClassCommandHandler classes,
        KeyCommandHandler keys,
        ResyncCommandHandler resync,
        DumpCommandHandler dumps,
        CaptureCommandHandler captures,
        BarrierCommandHandler barriers,
        InvalidCommandHandler invalid) {}
