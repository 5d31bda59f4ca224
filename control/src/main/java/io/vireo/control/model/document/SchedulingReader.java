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
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how an interface's packets are scheduled: its own class and those below it. */
final class SchedulingReader {
    private final Problems problems;
    private final Origins origins;
    private final CurveReader curveReader;

    SchedulingReader(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
        curveReader = new CurveReader(problems);
    }

    @Nullable
    Scheduling read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String port = fields.optional("port", Scalars::name);
        ClassCurves curves = curveReader.read(fields);
        QueueLimits queue = fields.optionalNode("queue", QueueLimits.DEFAULT, this::readQueue);
        CoDel codel = fields.optionalNode("codel", this::readCoDel);
        String defaultClass = fields.optional("default", Scalars::name);
        List<SchedulingClass> classes = fields.list("classes", this::readClass);
        if (!fields.finish()) {
            return null;
        }
        return origins.put(new Scheduling(port, curves, queue, codel, defaultClass, classes), fields.mapping());
    }

    @Nullable
    VpnBuffers readBuffers(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Integer packets = fields.required("packets", Scalars.integer(1, Limits.MAX_QUEUE_PACKETS));
        Long bytes = fields.optional("bytes", Limits.MAX_BUFFER_BYTES, Scalars.wideInteger(1, Limits.MAX_BUFFER_BYTES));
        return fields.finish() && packets != null ? new VpnBuffers(packets, bytes) : null;
    }

    private @Nullable SchedulingClass readClass(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        String parent = fields.optional("parent", Scalars::name);
        ClassCurves curves = curveReader.read(fields);
        QueueLimits queue = fields.optionalNode("queue", QueueLimits.DEFAULT, this::readQueue);
        CoDel codel = fields.optionalNode("codel", this::readCoDel);
        List<ClassMatch> matches = fields.list("match", this::readMatch);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new SchedulingClass(name, parent, curves, queue, codel, matches), fields.mapping());
    }

    private @Nullable QueueLimits readQueue(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        int packets =
                fields.optional("packets", Limits.DEFAULT_QUEUE_PACKETS, Scalars.integer(1, Limits.MAX_QUEUE_PACKETS));
        int bytes = fields.optional("bytes", Limits.DEFAULT_QUEUE_BYTES, Scalars.integer(1, Limits.MAX_QUEUE_BYTES));
        return fields.finish() ? new QueueLimits(packets, bytes) : null;
    }

    private @Nullable CoDel readCoDel(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        TimeSpan target = fields.optional("target", CoDel.DEFAULT_TARGET, Scalars::delay);
        TimeSpan interval = fields.optional("interval", CoDel.DEFAULT_INTERVAL, Scalars::delay);
        if (target.ns() >= interval.ns()) {
            fields.problem("target", "must be below the interval of " + interval);
        }
        return fields.finish() ? new CoDel(target, interval) : null;
    }

    private @Nullable ClassMatch readMatch(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Integer dscp = fields.optional("dscp", Scalars.integer(0, Limits.MAX_DSCP));
        ClassMatch match = readPackets(fields, dscp);
        if (!fields.finish()) {
            return null;
        }
        if (fields.mapping().fields().isEmpty()) {
            problems.add(node, "matches everything; for that the interface has 'default'");
        }
        return match;
    }

    /** Reads what packets are recognised by beside their DSCP. */
    static ClassMatch readPackets(Fields fields, @Nullable Integer dscp) {
        IpProtocol protocol = fields.optional("protocol", IpProtocol::parse);
        PortRange sourcePorts = fields.optional("sourcePorts", Scalars::ports);
        PortRange destinationPorts = fields.optional("destinationPorts", Scalars::ports);
        IpPrefix source = fields.optional("source", IpPrefix::parse);
        IpPrefix destination = fields.optional("destination", IpPrefix::parse);
        if (source != null && destination != null && source.family() != destination.family()) {
            fields.problem("destination", "is not of the same family as the source " + source);
        }
        if (protocol != null && !protocol.hasPorts()) {
            refusePorts(fields, protocol);
        }
        return new ClassMatch(dscp, protocol, sourcePorts, destinationPorts, source, destination);
    }

    private static void refusePorts(Fields fields, IpProtocol protocol) {
        for (String field : List.of("sourcePorts", "destinationPorts")) {
            if (fields.has(field)) {
                fields.problem(field, "does not apply: protocol " + protocol + " has no ports");
            }
        }
    }
}
