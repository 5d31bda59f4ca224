package io.vireo.control.node;

import io.vireo.control.model.IpAddress;
import io.vireo.control.view.TraceReport;
import io.vireo.dataplane.wire.DropReason;
import io.vireo.dataplane.wire.PuntReason;
import io.vireo.dataplane.wire.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a trace into the words of the operator. */
final class TraceText {
    private final Map<Integer, String> interfaces = new HashMap<>();
    private final Map<Integer, String> routers = new HashMap<>();

    TraceText(NodePlan plan) {
        plan.interfaces().values().forEach(element -> interfaces.put(element.interfaceId(), element.key()));
        plan.routers().values().forEach(router -> routers.put(router.routerId(), router.key()));
    }

    TraceReport report(TraceBoard.Trace trace) {
        TraceBoard.End end = trace.end();
        return new TraceReport(
                text(end.verdict()),
                reasonName(end.verdict(), end.reason()),
                outcome(end),
                trace.steps().stream().map(this::step).toList());
    }

    private TraceReport.Step step(TraceBoard.Step step) {
        Map<String, String> fields = new LinkedHashMap<>();
        putIfKnown(fields, "interface", interfaces, step.interfaceId());
        putIfKnown(fields, "router", routers, step.routerId());
        if ((step.nextHopHigh() | step.nextHopLow()) != 0) {
            fields.put("nextHop", address(step).toString());
        }
        putIfKnown(fields, "egress", interfaces, step.egressInterfaceId());
        if (step.prefixLength() >= 0 && step.egressInterfaceId() >= 0) {
            fields.put("prefixLength", Integer.toString(step.prefixLength()));
        }
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
