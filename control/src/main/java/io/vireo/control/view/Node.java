package io.vireo.control.view;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node that is controlled: Linux and the data plane together. May be called by any thread; calls that change
 * something wait for each other.
 */
public interface Node extends AutoCloseable {

    /**
     * What Linux, the devices or the data plane's limits would refuse. Changes nothing.
     *
     * @return the problems, with paths such as {@code ports[0].device}; empty when there are none.
     */
    List<Problem> check(Configuration configuration);

    /**
     * Applies a configuration to the node; returns when Linux and the data plane have it.
     *
     * @throws ApplyRefusedException after everything was put back as it was.
     */
    ApplyReport apply(Configuration configuration) throws ApplyRefusedException;

    NodeStatus status();

    /**
     * The routes of a virtual router as the data plane holds them, in the order of their prefixes.
     *
     * @return to be closed, for it keeps memory.
     * @throws NotFoundException when there is no such router.
     * @throws DataplaneAbsentException when the data plane is down.
     * @throws TooManyTablesException when no more can be kept in memory.
     */
    TablePart<RouteStatus> routes(String vpn, String router, TableQuery query);

    /**
     * The neighbours of a virtual router as the data plane holds them, otherwise as {@link #routes}.
     */
    TablePart<NeighbourStatus> neighbours(String vpn, String router, TableQuery query);

    /**
     * The classes of the ports' scheduling trees, parents before their children.
     *
     * @param interfacePath the interface whose classes are asked for, or null for all.
     * @return empty when nothing is scheduled there; counts are 0 while there is no data plane.
     * @throws NotFoundException when there is no such interface.
     */
    List<ClassStatus> classes(@Nullable InterfacePath interfacePath);

    /** The ends of virtual links, in the order of their paths; counts are 0 while there is no data plane. */
    List<LinkStatus> links();

    /**
     * What routers do with labels, by router and label.
     *
     * @throws DataplaneAbsentException when the data plane is down.
     */
    List<LabelStatus> labels();

    /** The lists of members, line by line, by interface; counts are 0 while there is no data plane. */
    List<MemberStatus> members();

    /**
     * Compares Linux with the data plane and repairs what differs.
     *
     * @throws DataplaneAbsentException when the data plane is down.
     */
    AuditReport audit();

    /**
     * Captures frames until closed or until the limit of the request.
     *
     * @param request  what to capture.
     * @param consumer called by a thread of the node, which must not be kept waiting.
     * @throws NotFoundException when there is no such interface or drop reason.
     * @throws TooManyCapturesException when no more can run.
     * @throws DataplaneAbsentException when the data plane is down.
     */
    Capture capture(CaptureRequest request, Consumer<CapturedFrame> consumer);

    /**
     * Sends a frame through the stages as if it had been received, and reports what each did.
     *
     * @throws NotFoundException when there is no such interface.
     * @throws DataplaneAbsentException when the data plane is down.
     */
    TraceReport trace(TraceRequest request);

    /**
     * Name of the network namespace of a virtual router.
     *
     * @throws NotFoundException when there is no such router.
     */
    String namespaceOf(String vpn, String router);

    /** The keys of its ESP tunnels. */
    Keys keys();

    /** Detaches from the node, which continues forwarding. */
    @Override
    void close();
}
