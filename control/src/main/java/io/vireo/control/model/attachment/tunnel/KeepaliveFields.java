package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Keepalive;
import io.vireo.control.model.Limits;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** The field {@code keepalive: {target: ADDRESS, interval: TIME, misses: N}}, which a tunnel of any kind may have. */
final class KeepaliveFields {
    private static final String KEEPALIVE = "keepalive";
    private static final String TARGET = "target";
    private static final String INTERVAL = "interval";
    private static final String MISSES = "misses";
    private static final long NS_PER_MS = 1_000_000L;

    private KeepaliveFields() {}

    /** Takes the field; what is wrong with it is reported. */
    static @Nullable Keepalive read(Fields fields) {
        return fields.optionalNode(KEEPALIVE, node -> {
            Fields own = fields.within(node);
            if (own == null) {
                return null;
            }
            IpAddress target = own.required(TARGET, IpAddress::parse);
            TimeSpan interval = own.optional(INTERVAL, Keepalive.DEFAULT_INTERVAL, KeepaliveFields::interval);
            int misses =
                    own.optional(MISSES, Keepalive.DEFAULT_MISSES, Scalars.integer(1, Limits.MAX_KEEPALIVE_MISSES));
            return own.finish() && target != null ? new Keepalive(target, interval, misses) : null;
        });
    }

    private static TimeSpan interval(String text) {
        TimeSpan span = TimeSpan.parse(text);
        if (span.ns() < Limits.MIN_KEEPALIVE_INTERVAL_NS || span.ns() > Limits.MAX_KEEPALIVE_INTERVAL_NS) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not between " + new TimeSpan(Limits.MIN_KEEPALIVE_INTERVAL_NS) + " and "
                            + new TimeSpan(Limits.MAX_KEEPALIVE_INTERVAL_NS));
        }
        if (span.ns() % NS_PER_MS != 0) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number of milliseconds");
        }
        return span;
    }

    static void write(@Nullable Keepalive keepalive, Tree tree) {
        if (keepalive != null) {
            tree.put(
                    KEEPALIVE,
                    new Tree()
                            .put(TARGET, keepalive.target().toString())
                            .putUnless(INTERVAL, keepalive.interval().toString(), Keepalive.DEFAULT_INTERVAL.toString())
                            .putUnless(MISSES, keepalive.misses(), Keepalive.DEFAULT_MISSES)
                            .fields());
        }
    }

    /** Reports what would never be answered. */
    static void check(Attachment.Tunnel tunnel, Interface owner, InterfaceChecks checks) {
        Keepalive keepalive = tunnel.keepalive();
        if (keepalive == null) {
            return;
        }
        IpAddress target = keepalive.target();
        if (target.isMulticast() || target.isUnspecified() || target.isLoopback()) {
            checks.problem(tunnel, KEEPALIVE, "has a target that is not the address of another router: " + target);
        } else if (owner.addresses().stream()
                .anyMatch(address -> address.address().equals(target))) {
            checks.problem(tunnel, KEEPALIVE, "has a target that is an address of the interface itself: " + target);
        } else if (owner.addresses().stream()
                .noneMatch(address -> address.address().family() == target.family())) {
            checks.problem(
                    tunnel, KEEPALIVE, "needs an address of the interface to send from, of the family of " + target);
        } else if (tunnel.encapsulation().carriesFrames()
                && owner.addresses().stream()
                        .noneMatch(address -> address.subnet().contains(target))) {
            checks.problem(
                    tunnel,
                    KEEPALIVE,
                    "has a target that is in none of the interface's subnets, and this tunnel carries frames: "
                            + target);
        }
    }

    /** Says it to the data plane. */
    static void program(@Nullable Keepalive keepalive, TunnelSpec tunnel) {
        if (keepalive != null) {
            tunnel.keepalive(
                    WireAddresses.family(keepalive.target().family()),
                    WireAddresses.high(keepalive.target()),
                    WireAddresses.low(keepalive.target()),
                    keepalive.intervalMs(),
                    keepalive.misses());
        }
    }
}
