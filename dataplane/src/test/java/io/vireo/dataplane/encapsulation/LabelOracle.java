package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a frame with labels, found out in the slow and obvious way: a list of entries that is searched from its beginning, and a
 * stack of labels taken apart one by one. Of the rig's routers and neighbours; packets underneath are IPv4 of {@link LabelRig#packet}, or
 * something that no packet begins with.
 */
final class LabelOracle {
    static final String PUNTED = "punted";
    private static final int MAX_POPPED = 8;

    private final List<Entry> entries = new ArrayList<>();

    /** An entry of the table; a neighbour of 0: none. */
    private record Entry(LabelSpec spec, int neighbour) {}

    private record Label(int label, int trafficClass, boolean isBottom, int ttl) {}

    void add(LabelSpec spec, int neighbour) {
        entries.add(new Entry(spec, neighbour));
    }

    private static String drop(DropReason reason) {
        return reason.name();
    }

    /** That a frame leaves by a port. */
    static String sent(int port, byte[] frame) {
        return port + " " + HexFormat.of().formatHex(frame);
    }

    /** Where leaves what is behind the Ethernet header, or why it does not; a packet whose TTL has ended is the kernel's. */
    String of(byte[] content) {
        byte[] rest = content;
        int ttl = 255;
        int receiver = LabelSpec.NO_INTERFACE;
        for (int popped = 0; popped < MAX_POPPED; popped++) {
            if (rest.length < 4) {
                return drop(DropReason.LABEL_UNKNOWN);
            }
            Label top = label(rest);
            if (receiver != LabelSpec.NO_INTERFACE && top.label() != 7) {
                return drop(DropReason.TUNNEL_PAYLOAD);
            }
            boolean isBottom = top.isBottom();
            byte[] beneath = Arrays.copyOfRange(rest, 4, rest.length);
            if (top.label() == 7) {
                if (top.isBottom() || beneath.length < 4) {
                    return drop(DropReason.LABEL_STACK);
                }
                isBottom = label(beneath).isBottom();
                beneath = Arrays.copyOfRange(beneath, 4, beneath.length);
            } else if (top.label() == 0 || top.label() == 2) {
                ttl = Math.min(ttl, top.ttl());
            } else if (top.label() == 1) {
                return PUNTED;
            } else {
                Entry entry = find(top.label());
                if (entry == null) {
                    return drop(DropReason.LABEL_UNKNOWN);
                }
                ttl = Math.min(ttl, top.ttl());
                if (!entry.spec().isLocal()) {
                    return forward(entry, top, ttl, beneath);
                }
                if (!entry.spec().isUniform()) {
                    if (ttl <= 1) {
                        return drop(DropReason.TTL_EXPIRED);
                    }
                    ttl = 255;
                }
                receiver = entry.spec().receiverInterfaceId();
            }
            if (isBottom) {
                return receive(beneath, ttl, receiver);
            }
            rest = beneath;
        }
        return drop(DropReason.LABEL_STACK);
    }

    private @Nullable Entry find(int label) {
        for (Entry entry : entries) {
            if (entry.spec().label() == label) {
                return entry;
            }
        }
        return null;
    }

    private static Label label(byte[] bytes) {
        int label = (bytes[0] & 0xff) << 12 | (bytes[1] & 0xff) << 4 | (bytes[2] & 0xf0) >> 4;
        return new Label(label, bytes[2] >> 1 & 7, (bytes[2] & 1) != 0, bytes[3] & 0xff);
    }

    private static boolean isPacket(byte[] bytes) {
        return bytes.length >= 20 && bytes[0] == 0x45;
    }

    private static String forward(Entry entry, Label top, int ttl, byte[] beneath) {
        if (ttl <= 1) {
            return drop(DropReason.TTL_EXPIRED);
        }
        LabelSpec spec = entry.spec();
        if (spec.outCount() == 0) {
            return pop(entry, top, ttl - 1, beneath);
        }
        byte[] stack = new byte[0];
        for (int n = 0; n < spec.outCount(); n++) {
            boolean isLast = n == spec.outCount() - 1;
            int entryTtl = isLast || spec.isUniform() ? ttl - 1 : 255;
            stack = LabelRig.join(
                    stack, MplsPacket.entry(spec.out(n), top.trafficClass(), isLast && top.isBottom(), entryTtl));
        }
        return stack.length + beneath.length > LabelRig.MTU
                ? drop(DropReason.TOO_BIG)
                : sent(1, LabelRig.sent(entry.neighbour(), stack, beneath));
    }

    private static String pop(Entry entry, Label top, int ttl, byte[] beneath) {
        boolean isUniform = entry.spec().isUniform();
        if (!top.isBottom()) {
            if (beneath.length < 4) {
                return drop(DropReason.LABEL_STACK);
            }
            Label next = label(beneath);
            byte[] changed = beneath.clone();
            changed[3] = (byte) (isUniform ? Math.min(ttl, next.ttl()) : next.ttl());
            return changed.length > LabelRig.MTU
                    ? drop(DropReason.TOO_BIG)
                    : sent(1, LabelRig.sent(entry.neighbour(), changed));
        }
        if (!isPacket(beneath)) {
            return drop(DropReason.TUNNEL_PAYLOAD);
        }
        byte[] packet = withoutPadding(beneath);
        int own = packet[8] & 0xff;
        return sent(1, LabelRig.sentPacket(entry.neighbour(), withTtl(packet, isUniform ? Math.min(ttl, own) : own)));
    }

    private static int totalLength(byte[] packet) {
        return (packet[2] & 0xff) * 256 + (packet[3] & 0xff);
    }

    private static byte[] withoutPadding(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, totalLength(bytes)));
    }

    private static byte[] withTtl(byte[] packet, int ttl) {
        byte[] changed = packet.clone();
        changed[8] = (byte) ttl;
        TestFrames.fixChecksum(changed);
        return changed;
    }

    private static String receive(byte[] beneath, int ttl, int receiver) {
        if (!isPacket(beneath)) {
            return drop(DropReason.TUNNEL_PAYLOAD);
        }
        byte[] packet = withoutPadding(beneath);
        if (packet.length < totalLength(packet)) {
            return drop(DropReason.IPV4_TRUNCATED);
        }
        int left = Math.min(ttl, packet[8] & 0xff) - 1;
        if (left <= 0) {
            return PUNTED;
        }
        byte[] leaves = withTtl(packet, left);
        return receiver == LabelSpec.NO_INTERFACE
                ? sent(1, LabelRig.sentPacket(1, leaves))
                : sent(2, TestFrames.ethernet(LabelRig.HOST, LabelRig.MAC_VPN, 0x0800, leaves));
    }
}
