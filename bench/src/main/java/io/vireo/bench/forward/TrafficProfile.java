package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a C program is offered: frames that a device reads round and round, to a few destinations. The destinations fit in
 * any cache; how many frames there are decides whether the device itself finds them in one.
 *
 * @param family of the packets
 * @param sizes lengths of the frames
 * @param frames different ones, over all ports; a frame of each length for each
 * @param ports they are spread over
 */
public record TrafficProfile(AddressFamily family, FrameSizes sizes, int frames, int ports) {
    /** Routes and destinations. */
    public static final int FLOWS = 16;

    /** One frame for each destination. */
    public static TrafficProfile few(AddressFamily family, FrameSizes sizes) {
        return new TrafficProfile(family, sizes, FLOWS, 1);
    }

    /** As many frames on as many ports as a workload of Vireo's has. */
    static TrafficProfile like(Workload workload, FrameSizes sizes) {
        return new TrafficProfile(
                workload.flows().getFirst().family(),
                sizes,
                workload.flows().size(),
                workload.topology().ports());
    }

    /** What a report adds to a program's name: nothing for few frames. */
    String suffix() {
        String where = ports == 1 ? "" : " on " + ports + " ports";
        return frames == FLOWS ? "" : String.format(Locale.ROOT, ", %,d frames%s", frames, where);
    }

    /** The frames of a port. All go to destinations that are reached by the same port, as Vireo's do. */
    List<byte[]> framesOf(int port) {
        List<byte[]> offered = new ArrayList<>();
        for (int n = port; n < frames * sizes.bytes().size(); n += ports) {
            int destination = n % (FLOWS / ports * ports);
            offered.add(FlowFrames.untagged(Flow.own(destination, 0, family), sizes.withoutFcs(n / FLOWS + n)));
        }
        return offered;
    }

    /** The port of a destination. */
    int portOf(int destination) {
        return destination % ports;
    }
}
