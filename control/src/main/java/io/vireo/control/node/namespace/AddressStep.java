package io.vireo.control.node.namespace;

import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step that brings the addresses of one interface to what they shall be. What comes is before what goes, by the key that
 * Linux knows an address by: in IPv4 the address with its prefix length, so both may stand side by side; in IPv6 the address
 * alone ({@code ipv6_chk_same_addr}), so another length is the same key and its holder has to give way first. In IPv4 the
 * first address of a subnet is the primary one, which packets of the router itself come from; so is the first that is
 * configured.
 *
 * @param address what is added, replaced or removed
 * @param found what stands in its place, for {@link Kind#REPLACE}
 * @param drift what of this nobody but a stranger can have brought about, or empty
 */
record AddressStep(
        Kind kind, InterfaceAddress address, @Nullable InterfaceAddress found, String drift) {
    /** What is done. */
    enum Kind {
        /** Adds it, or marks it as ours and permanent. */
        ADD,
        /** Removes {@code found}, which has the same key, and adds it. */
        REPLACE,
        /** Removes it and adds it again, so that it comes after others of its subnet. */
        MOVE_BEHIND,
        REMOVE
    }

    /**
     * The steps to what is wanted, in their order.
     *
     * @param present the interface's addresses, in the kernel's order
     */
    static List<AddressStep> between(List<AddressMessage> present, List<InterfaceAddress> wanted) {
        List<AddressStep> steps = new ArrayList<>();
        Set<InterfaceAddress> replaced = new HashSet<>();
        for (InterfaceAddress address : wanted) {
            AddressStep step = addition(present, address);
            if (step != null) {
                steps.add(step);
                if (step.found() != null) {
                    replaced.add(step.found());
                }
            }
        }
        Map<IpPrefix, InterfaceAddress> primaries = new HashMap<>();
        wanted.forEach(address -> primaries.putIfAbsent(address.subnet(), address));
        Set<InterfaceAddress> passed = new HashSet<>();
        for (AddressMessage message : present) {
            InterfaceAddress address = message.address();
            passed.add(address);
            if (message.protocol() == RouterNamespace.PROTOCOL && !replaced.contains(address)) {
                removal(address, wanted, primaries, passed, steps);
            }
        }
        // One as long as an address may be what keeps the same address with a length that comes: it goes last.
        steps.sort(Comparator.comparing(step -> step.kind() == Kind.REMOVE && isAlone(step.address())));
        return steps;
    }

    /**
     * The addresses, as long as an address is, that keep those that stay when an IPv4 address of their subnet goes. Without those
     * that are there already: they are somebody's.
     */
    static List<InterfaceAddress> toHold(
            List<AddressStep> steps, List<AddressMessage> present, List<InterfaceAddress> wanted) {
        Set<IpPrefix> shaken = new HashSet<>();
        for (AddressStep step : steps) {
            if (step.kind() == Kind.REMOVE || step.kind() == Kind.MOVE_BEHIND) {
                shaken.add(step.address().subnet());
            }
        }
        List<InterfaceAddress> held = new ArrayList<>();
        for (InterfaceAddress address : wanted) {
            InterfaceAddress alone =
                    new InterfaceAddress(address.address(), address.family().bits());
            if (address.family() == AddressFamily.IPV4
                    && shaken.contains(address.subnet())
                    && !alone.equals(address)
                    && present.stream().noneMatch(message -> message.address().equals(alone))) {
                held.add(alone);
            }
        }
        return held;
    }

    private static boolean isAlone(InterfaceAddress address) {
        return address.prefixLength() == address.family().bits();
    }

    private static @Nullable AddressStep addition(List<AddressMessage> present, InterfaceAddress wanted) {
        AddressMessage holder = holder(present, wanted);
        if (holder == null) {
            return new AddressStep(Kind.ADD, wanted, null, "missing");
        }
        InterfaceAddress found = holder.address();
        if (!found.equals(wanted)) {
            String drift = "prefix length " + found.prefixLength() + " instead of " + wanted.prefixLength();
            return new AddressStep(Kind.REPLACE, wanted, found, drift);
        }
        if (!holder.isPermanent()) {
            return new AddressStep(Kind.ADD, wanted, null, "expires");
        }
        boolean isOurs = holder.protocol() == RouterNamespace.PROTOCOL;
        return isOurs ? null : new AddressStep(Kind.ADD, wanted, null, "");
    }

    private static @Nullable AddressMessage holder(List<AddressMessage> present, InterfaceAddress wanted) {
        for (AddressMessage message : present) {
            boolean isSameKey = wanted.family() == AddressFamily.IPV4
                    ? message.address().equals(wanted)
                    : message.address().address().equals(wanted.address());
            if (isSameKey) {
                return message;
            }
        }
        return null;
    }

    private static void removal(
            InterfaceAddress address,
            List<InterfaceAddress> wanted,
            Map<IpPrefix, InterfaceAddress> primaries,
            Set<InterfaceAddress> passed,
            List<AddressStep> steps) {
        if (!wanted.contains(address)) {
            steps.add(new AddressStep(Kind.REMOVE, address, null, "not configured"));
            return;
        }
        InterfaceAddress primary = primaries.get(address.subnet());
        if (address.family() == AddressFamily.IPV4 && primary != null && !passed.contains(primary)) {
            String drift = "before " + primary + ", which is configured first";
            steps.add(new AddressStep(Kind.MOVE_BEHIND, address, null, drift));
        }
    }
}
