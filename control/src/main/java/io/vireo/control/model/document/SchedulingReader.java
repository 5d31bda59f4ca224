package io.vireo.control.model.document;

import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.ClassMatch;
import io.vireo.control.model.CoDel;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.IpProtocol;
import io.vireo.control.model.Limits;
import io.vireo.control.model.QueueLimits;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.VpnBuffers;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how an interface's packets are scheduled: its own class and those below it. */
final class SchedulingReader {
    private final Problems problems;
    private final Origins origins;
    private final CurveReader curveReader;

    SchedulingReader(final Problems problems, final Origins origins) {
        this.problems = problems;
        this.origins = origins;
        curveReader = new CurveReader(problems);
    }

    @Nullable
    Scheduling read(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final ClassCurves curves = curveReader.read(fields);
        final QueueLimits queue = fields.optionalNode("queue", QueueLimits.DEFAULT, this::readQueue);
        final CoDel codel = fields.optionalNode("codel", this::readCoDel);
        final String defaultClass = fields.optional("default", Scalars::name);
        final List<SchedulingClass> classes = fields.list("classes", this::readClass);
        if (!fields.finish()) {
            return null;
        }
        return origins.put(new Scheduling(curves, queue, codel, defaultClass, classes), fields.mapping());
    }

    @Nullable
    VpnBuffers readBuffers(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final Integer packets = fields.required("packets", Scalars.integer(1, Limits.MAX_QUEUE_PACKETS));
        final Long bytes =
                fields.optional("bytes", Limits.MAX_BUFFER_BYTES, Scalars.wideInteger(1, Limits.MAX_BUFFER_BYTES));
        return fields.finish() && packets != null ? new VpnBuffers(packets, bytes) : null;
    }

    private @Nullable SchedulingClass readClass(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final String name = fields.required("name", Scalars::name);
        final String parent = fields.optional("parent", Scalars::name);
        final ClassCurves curves = curveReader.read(fields);
        final QueueLimits queue = fields.optionalNode("queue", QueueLimits.DEFAULT, this::readQueue);
        final CoDel codel = fields.optionalNode("codel", this::readCoDel);
        final List<ClassMatch> matches = fields.list("match", this::readMatch);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new SchedulingClass(name, parent, curves, queue, codel, matches), fields.mapping());
    }

    private @Nullable QueueLimits readQueue(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final int packets =
                fields.optional("packets", Limits.DEFAULT_QUEUE_PACKETS, Scalars.integer(1, Limits.MAX_QUEUE_PACKETS));
        final int bytes =
                fields.optional("bytes", Limits.DEFAULT_QUEUE_BYTES, Scalars.integer(1, Limits.MAX_QUEUE_BYTES));
        return fields.finish() ? new QueueLimits(packets, bytes) : null;
    }

    private @Nullable CoDel readCoDel(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final TimeSpan target = fields.optional("target", CoDel.DEFAULT_TARGET, Scalars::delay);
        final TimeSpan interval = fields.optional("interval", CoDel.DEFAULT_INTERVAL, Scalars::delay);
        if (target.ns() >= interval.ns()) {
            fields.problem("target", "must be below the interval of " + interval);
        }
        return fields.finish() ? new CoDel(target, interval) : null;
    }

    private @Nullable ClassMatch readMatch(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final Integer dscp = fields.optional("dscp", Scalars.integer(0, Limits.MAX_DSCP));
        final IpProtocol protocol = fields.optional("protocol", IpProtocol::parse);
        final PortRange sourcePorts = fields.optional("sourcePorts", Scalars::ports);
        final PortRange destinationPorts = fields.optional("destinationPorts", Scalars::ports);
        final IpPrefix source = fields.optional("source", IpPrefix::parse);
        final IpPrefix destination = fields.optional("destination", IpPrefix::parse);
        if (source != null && destination != null && source.family() != destination.family()) {
            fields.problem("destination", "is not of the same family as the source " + source);
        }
        if (protocol != null && !protocol.hasPorts()) {
            refusePorts(fields, protocol);
        }
        if (!fields.finish()) {
            return null;
        }
        final ClassMatch match = new ClassMatch(dscp, protocol, sourcePorts, destinationPorts, source, destination);
        if (fields.mapping().fields().isEmpty()) {
            problems.add(node, "matches everything; for that the interface has 'default'");
        }
        return match;
    }

    private static void refusePorts(final Fields fields, final IpProtocol protocol) {
        for (final String field : List.of("sourcePorts", "destinationPorts")) {
            if (fields.has(field)) {
                fields.problem(field, "does not apply: protocol " + protocol + " has no ports");
            }
        }
    }
}
