package io.vireo.control.node.trace;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.document.EmulationWriter;
import io.vireo.control.node.capture.TraceBoard;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.view.TraceReport;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a trace into the words of the operator. */
public final class TraceText {
    private static final int ETHERTYPE_AT = 12;

    private final Map<Integer, String> interfaces = new HashMap<>();
    private final Map<Integer, String> wires = new HashMap<>();
    private final Map<Integer, String> routers = new HashMap<>();
    private final RouteFinder finder;
    private final TunnelSteps tunnels;
    private final LabelSteps labels;

    public TraceText(NodePlan plan, RouteFinder finder) {
        this.finder = finder;
        tunnels = new TunnelSteps(plan, finder);
        labels = new LabelSteps(plan);
        plan.interfaces().values().forEach(element -> interfaces.put(element.interfaceId(), element.key()));
        plan.interfaces()
                .values()
                .forEach(each -> wires.put(each.interfaceId(), EmulationWriter.describe(each.emulation())));
        plan.routers().values().forEach(router -> routers.put(router.routerId(), router.key()));
    }

    public TraceReport report(TraceBoard.Trace trace) {
        TraceBoard.End end = trace.end();
        return new TraceReport(
                text(end.verdict()), reasonName(end.verdict(), end.reason()), outcome(end), steps(trace.steps()));
    }

    private List<TraceReport.Step> steps(List<TraceBoard.Step> traced) {
        List<TraceReport.Step> steps = new ArrayList<>();
        for (int n = 0; n < traced.size(); n++) {
            TraceBoard.Step each = traced.get(n);
            boolean isUnwrapped = each.stage() == TraceStage.ARRIVE && n >= 2;
            if (isUnwrapped) { // the stage before took the headers off
                steps.add(tunnels.decapsulated(traced.get(n - 2).frame(), each.frame(), each.interfaceId()));
            }
            steps.add(step(each));
            if (each.stage() == TraceStage.FORWARD && n > 0) {
                TraceBoard.Step before = traced.get(n - 1);
                steps.addAll(labels.of(before.frame(), routers.get(before.routerId())));
            }
            if (each.stage() == TraceStage.MODIFY && each.verdict() == Verdict.CONTINUE && n > 0) {
                TraceBoard.Step before = traced.get(n - 1);
                String egress = interfaces.get(each.egressInterfaceId());
                steps.addAll(tunnels.encapsulated(before.frame(), each.frame(), before.egressInterfaceId(), egress));
            }
        }
        return steps;
    }

    private TraceReport.Step step(TraceBoard.Step step) {
        Map<String, String> fields = new LinkedHashMap<>();
        putIfKnown(fields, "interface", interfaces, step.interfaceId());
        putIfKnown(fields, "router", routers, step.routerId());
        if (step.stage() == TraceStage.FORWARD) {
            putPrefix(fields, step);
        }
        if (step.stage() == TraceStage.EMULATE) {
            putIfKnown(fields, "wire", wires, step.egressInterfaceId());
        }
        if (step.stage() == TraceStage.CLASSIFY) {
            putTuple(fields, step);
        } else if ((step.nextHopHigh() | step.nextHopLow()) != 0) {
            fields.put("nextHop", address(step).toString());
        }
        putIfKnown(fields, "egress", interfaces, step.egressInterfaceId());
        String reason = reasonName(step.verdict(), step.reason());
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        return new TraceReport.Step(
                step.stage().name().toLowerCase(Locale.ROOT),
                text(step.verdict()),
                Collections.unmodifiableMap(fields),
                HexFormat.of().formatHex(step.frame()));
    }

    /** Classify has no next hop yet: there the number of a tuple is in its place, 0 = none. */
    private static void putTuple(Map<String, String> fields, TraceBoard.Step step) {
        if (step.nextHopLow() != 0) {
            fields.put("member", "tuple " + step.nextHopLow());
        }
    }

    /** The worker finds next hops, not prefixes: which one matched, control knows. */
    private void putPrefix(Map<String, String> fields, TraceBoard.Step step) {
        IpAddress destination = destination(step.frame());
        IpPrefix prefix = destination == null ? null : finder.longestMatch(step.routerId(), destination);
        if (prefix != null) {
            fields.put("prefix", prefix.toString());
        }
    }

    /** The destination of an untagged Ethernet frame (RFC 894, RFC 2464), or null when it is neither IPv4 nor IPv6. */
    private static @Nullable IpAddress destination(byte[] frame) {
        if (frame.length < ETHERTYPE_AT + Short.BYTES) {
            return null;
        }
        return switch ((frame[ETHERTYPE_AT] & 0xff) << 8 | (frame[ETHERTYPE_AT + 1] & 0xff)) {
            case 0x0800 -> addressAt(frame, 30, 4);
            case 0x86dd -> addressAt(frame, 38, 16);
            default -> null;
        };
    }

    private static @Nullable IpAddress addressAt(byte[] frame, int first, int bytes) {
        return frame.length < first + bytes ? null : IpAddress.of(Arrays.copyOfRange(frame, first, first + bytes));
    }

    /** The wire gives no family: what fits into 32 bits is IPv4, for no IPv6 next hop is that small. */
    private static IpAddress address(TraceBoard.Step step) {
        return step.nextHopHigh() == 0 && step.nextHopLow() >>> Integer.SIZE == 0
                ? IpAddress.ofIpv4((int) step.nextHopLow())
                : IpAddress.ofIpv6(step.nextHopHigh(), step.nextHopLow());
    }

    private String outcome(TraceBoard.End end) {
        return switch (end.verdict()) {
            case CONTINUE, TRANSMIT ->
                "would be sent"
                        + (interfaces.containsKey(end.egressInterfaceId())
                                ? " on " + interfaces.get(end.egressInterfaceId())
                                : "");
            case PUNT -> {
                PuntReason reason = PuntReason.ofCode(end.reason());
                yield "would be handed to Linux" + (reason == null ? "" : ": " + reason.description());
            }
            case DROP -> {
                DropReason reason = DropReason.ofCode(end.reason());
                yield "dropped" + (reason == null ? "" : ": " + reason.description());
            }
        };
    }

    private static String reasonName(Verdict verdict, int code) {
        return switch (verdict) {
            case DROP -> name(DropReason.ofCode(code));
            case PUNT -> name(PuntReason.ofCode(code));
            case CONTINUE, TRANSMIT -> "";
        };
    }

    private static String name(@Nullable Enum<?> reason) {
        return reason == null ? "" : reason.name();
    }

    private static String text(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static void putIfKnown(Map<String, String> fields, String field, Map<Integer, String> names, int id) {
        String name = names.get(id);
        if (name != null) {
            fields.put(field, name);
        }
    }
}
