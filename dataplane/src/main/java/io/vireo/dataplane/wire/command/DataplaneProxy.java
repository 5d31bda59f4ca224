package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.BarrierEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginEncoder;
import io.vireo.dataplane.wire.sbe.ResyncEndEncoder;
import io.vireo.dataplane.wire.sbe.StartCaptureEncoder;
import io.vireo.dataplane.wire.sbe.StopCaptureEncoder;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The data plane as control sees it: one method per command, here or in the proxy of its family. The command is carried
 * out later, by the conductor, in the order in which the ring took the commands.
 *
 * <p>Thread-safe. Each method returns true when the command is on its way, and false when the ring stayed full for the
 * time given to the constructor or the thread was interrupted; nothing was sent then. A field out of range is an
 * {@link IllegalArgumentException} that names the field and its range; nothing was sent then either. What the fields
 * mean stands in {@code vireo-wire.xml}.
 *
 * <p>The caller chooses the correlation id, so that it can register whoever waits for the answer before it sends.
 */
public final class DataplaneProxy {
    private final RingBuffer ring;
    private final CommandRules rules;
    private final Claim claim;
    private final TopologyProxy topology;
    private final TableProxy tables;
    private final ClassProxy classes;
    private final EmulationProxy emulations;
    private final MemberProxy members;
    private final LabelProxy labels;
    private final KeyProxy keys;

    /**
     * Speaks to the data plane that made a shared memory.
     *
     * @param maxWaitNs how long a method may wait for room in the ring; 0 = not at all
     */
    public DataplaneProxy(SharedMemory memory, long maxWaitNs) {
        this(memory, maxWaitNs, SystemNanoClock.INSTANCE);
    }

    DataplaneProxy(SharedMemory memory, long maxWaitNs, NanoClock clock) {
        ring = memory.commandRing();
        rules = new CommandRules(memory.limits());
        claim = new Claim(ring, maxWaitNs, clock);
        topology = new TopologyProxy(claim, rules);
        tables = new TableProxy(claim, rules);
        classes = new ClassProxy(claim, new ClassRules(memory.limits(), rules));
        emulations = new EmulationProxy(claim, rules);
        members = new MemberProxy(claim, rules);
        labels = new LabelProxy(claim, new LabelRules(rules));
        keys = new KeyProxy(claim, new KeyRules(rules));
    }

    /** Returns the commands about ports, virtual routers and interfaces. */
    public TopologyProxy topology() {
        return topology;
    }

    /** Returns the commands about routes and neighbours. */
    public TableProxy tables() {
        return tables;
    }

    /** Returns the commands about how ports are scheduled. */
    public ClassProxy classes() {
        return classes;
    }

    /** Returns the commands about emulated wires. */
    public EmulationProxy emulations() {
        return emulations;
    }

    /** Returns the commands about members of VPNs on shared wires. */
    public MemberProxy members() {
        return members;
    }

    /** Returns the commands about MPLS labels. */
    public LabelProxy labels() {
        return labels;
    }

    /** Returns the commands about keys of ESP tunnels. */
    public KeyProxy keys() {
        return keys;
    }

    /** Returns a correlation id that no other caller of any process gets during this incarnation of the data plane. */
    public long nextCorrelationId() {
        return ring.nextCorrelationId();
    }

    /** Marks everything as old; what is added again until {@link #resyncEnd} stays, without interruption. */
    public boolean resyncBegin(long correlationId, long epoch) {
        CommandRules.require("ResyncBegin", rules.resync(epoch));
        int index = claim.tryClaim(ResyncBeginEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new ResyncBeginEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .epoch(epoch);
        return claim.commit(index);
    }

    /** Removes what is still marked old. Answered by SweepDone. */
    public boolean resyncEnd(long correlationId, long epoch) {
        CommandRules.require("ResyncEnd", rules.resync(epoch));
        int index = claim.tryClaim(ResyncEndEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new ResyncEndEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .epoch(epoch);
        return claim.commit(index);
    }

    /**
     * Begins to copy frames into the capture rings, or changes the filter.
     *
     * @param captureId which, chosen by the caller
     * @param interfaceId only frames of this interface; -1 = all
     * @param dropReason only frames dropped for this {@link DropReason} code; -1 = all frames
     * @param snapLength bytes of each frame to copy at most
     * @param packetLimit frames to copy at most
     */
    public boolean startCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        CommandRules.require(
                "StartCapture", rules.startCapture(captureId, interfaceId, dropReason, snapLength, packetLimit));
        int index = claim.tryClaim(StartCaptureEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new StartCaptureEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .packetLimit(packetLimit)
                .captureId(captureId)
                .interfaceId(interfaceId)
                .dropReason((short) dropReason)
                .snapLength(snapLength);
        return claim.commit(index);
    }

    /** Ends a capture. */
    public boolean stopCapture(long correlationId, int captureId) {
        CommandRules.require("StopCapture", rules.capture(captureId));
        int index = claim.tryClaim(StopCaptureEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new StopCaptureEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .captureId(captureId);
        return claim.commit(index);
    }

    /** Answered by CommandResult OK when all commands before it are visible to all workers. */
    public boolean barrier(long correlationId) {
        int index = claim.tryClaim(BarrierEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new BarrierEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }
}
