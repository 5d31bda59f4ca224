package io.vireo.control.model.document;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.ClassMatch;
import io.vireo.control.model.CoDel;
import io.vireo.control.model.Curve;
import io.vireo.control.model.IpProtocol;
import io.vireo.control.model.Limits;
import io.vireo.control.model.QueueLimits;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.VpnBuffers;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes scheduling in its canonical form; see {@link ConfigurationWriter}. */
final class SchedulingWriter {

    private SchedulingWriter() {}

    static @Nullable Map<String, Object> scheduling(@Nullable Scheduling scheduling) {
        if (scheduling == null) {
            return null;
        }
        Tree tree = new Tree().put("port", scheduling.port());
        putCurves(tree, scheduling.curves());
        return tree.put("queue", queue(scheduling.queue()))
                .put("codel", codel(scheduling.codel()))
                .put("default", scheduling.defaultClass())
                .putAll(
                        "classes",
                        scheduling.classes().stream()
                                .map(SchedulingWriter::element)
                                .toList())
                .fields();
    }

    static @Nullable Map<String, Object> buffers(@Nullable VpnBuffers buffers) {
        return buffers == null
                ? null
                : new Tree()
                        .put("packets", buffers.packets())
                        .putUnless("bytes", buffers.bytes(), Limits.MAX_BUFFER_BYTES)
                        .fields();
    }

    private static Map<String, Object> element(SchedulingClass element) {
        Tree tree = new Tree().put("name", element.name()).put("parent", element.parent());
        putCurves(tree, element.curves());
        return tree.put("queue", queue(element.queue()))
                .put("codel", codel(element.codel()))
                .putAll(
                        "match",
                        element.matches().stream().map(SchedulingWriter::match).toList())
                .fields();
    }

    private static void putCurves(Tree tree, ClassCurves curves) {
        boolean isPlain =
                curves.realTime() instanceof Curve.Straight && curves.realTime().equals(curves.linkShare());
        if (isPlain) {
            tree.put("guarantee", curve(curves.realTime()));
        } else {
            tree.put("rt", curve(curves.realTime())).put("ls", curve(curves.linkShare()));
        }
        tree.put(curves.upperLimit() instanceof Curve.Straight ? "limit" : "ul", curve(curves.upperLimit()));
    }

    private static @Nullable Object curve(@Nullable Curve curve) {
        return switch (curve) {
            case null -> null;
            case Curve.Straight(Bandwidth rate) -> rate.toString();
            case Curve.TwoPiece(ServiceCurve service) ->
                new Tree()
                        .put("m1", rate(service.firstRateBitsPerSecond()))
                        .putUnless("d", new TimeSpan(service.firstSpanNs()).toString(), new TimeSpan(0).toString())
                        .put("m2", rate(service.secondRateBitsPerSecond()))
                        .fields();
            case Curve.PacketDelay(int packetBytes, TimeSpan delay, Bandwidth rate) ->
                new Tree()
                        .put("packet", packetBytes)
                        .put("delay", delay.toString())
                        .put("rate", rate.toString())
                        .fields();
        };
    }

    private static String rate(long bitsPerSecond) {
        return bitsPerSecond == 0 ? "0bit" : new Bandwidth(bitsPerSecond).toString();
    }

    private static @Nullable Map<String, Object> queue(QueueLimits queue) {
        return queue.equals(QueueLimits.DEFAULT)
                ? null
                : new Tree()
                        .putUnless("packets", queue.packets(), Limits.DEFAULT_QUEUE_PACKETS)
                        .putUnless("bytes", queue.bytes(), Limits.DEFAULT_QUEUE_BYTES)
                        .fields();
    }

    private static @Nullable Map<String, Object> codel(@Nullable CoDel codel) {
        return codel == null
                ? null
                : new Tree()
                        .putUnless("target", codel.target().toString(), CoDel.DEFAULT_TARGET.toString())
                        .putUnless("interval", codel.interval().toString(), CoDel.DEFAULT_INTERVAL.toString())
                        .fields();
    }

    /** What packets are recognised by. */
    static Map<String, Object> match(ClassMatch match) {
        return new Tree()
                .put("dscp", match.dscp())
                .put("protocol", protocol(match.protocol()))
                .put("sourcePorts", ports(match.sourcePorts()))
                .put("destinationPorts", ports(match.destinationPorts()))
                .put("source", ConfigurationWriter.text(match.source()))
                .put("destination", ConfigurationWriter.text(match.destination()))
                .fields();
    }

    private static @Nullable Object protocol(@Nullable IpProtocol protocol) {
        if (protocol == null) {
            return null;
        }
        String text = protocol.toString();
        return text.equals(Integer.toString(protocol.number())) ? (Object) protocol.number() : text;
    }

    private static @Nullable Object ports(@Nullable PortRange ports) {
        if (ports == null) {
            return null;
        }
        return ports.first() == ports.last() ? (Object) ports.first() : ports.first() + "-" + ports.last();
    }
}
