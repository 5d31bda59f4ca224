package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Frames of a kind, and what hostile senders make of them: fields of each header set to what is dangerous, or taken from another frame;
 * headers cut off, pushed in and left out. Three of four are changed; of those most have right checksums and lengths again, so that
 * they come far. All in one array, so that a hundred million cost a minute.
 */
final class HostileFrames {
    static final int MAX_BYTES = 2_000;

    /** In place of the frame that must come out. */
    static final byte[] UNKNOWN = {};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int SIZES = 4;
    private static final int IP_AT = 18;
    private static final int FIELD_BYTES = 32;
    private static final int[] DANGEROUS = {
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        14,
        15,
        16,
        17,
        20,
        21,
        29,
        40,
        41,
        44,
        47,
        50,
        58,
        59,
        60,
        63,
        64,
        65,
        69,
        70,
        96,
        127,
        128,
        136,
        137,
        158,
        255,
        256,
        1400,
        1500,
        4500,
        4789,
        6635,
        0x0800,
        0x2000,
        0x3000,
        0xa000,
        0x4500,
        0x46ff,
        0x6000,
        0x6558,
        0x7fff,
        0x8000,
        0x8100,
        0x86dd,
        0x8847,
        0x88a8,
        0x88b5,
        0xb000,
        0xffff,
        0x10000,
        0x80000000,
        0x7fffffff,
        0xffffffff
    };

    /** A frame of a VPN, where its headers begin, and what its host gets; of a fragment, which packet it is of. */
    @SuppressWarnings("ArrayRecordComponent") // used, never compared
    private record Whole(byte[] frame, int[] headers, int vpn, byte[] leaves, int packet) {}

    private final HostileKind kind;
    private final SplittableRandom random;
    private final List<Whole> wholes = new ArrayList<>();
    private final long[] numbers = new long[2 * HostileKind.VPNS];
    private byte[] frame = {};
    private long count;
    private Whole whole;
    private int length;
    private boolean isChanged;
    private boolean isFresh;

    HostileFrames(HostileKind kind, long seed) {
        this.kind = kind;
        random = new SplittableRandom(seed);
        for (int vpn = 0; vpn < HostileKind.VPNS; vpn++) {
            for (AddressFamily outer : AddressFamily.values()) {
                for (int n = 0; kind.isWithin(outer) && n < 2 * SIZES; n++) {
                    Whole made = make(vpn, outer, n % 2 == 0 || kind == HostileKind.VPN_ID, n / 2);
                    wholes.addAll(kind == HostileKind.FRAGMENTS ? cut(made) : List.of(made));
                }
            }
        }
        whole = wholes.getFirst();
    }

    private Whole make(int vpn, AddressFamily outer, boolean isIpv4, int size) {
        int index = 2 * vpn + (outer == AddressFamily.IPV4 ? 0 : 1);
        long number = kind.isEsp() || kind == HostileKind.LABEL_TABLE ? ++numbers[index] : size;
        int payload = size == SIZES - 1 ? 1_200 : size * 13;
        byte[] inner = TunnelRig.toNear(isIpv4, 64, payload);
        if (kind == HostileKind.FRAGMENTS) {
            inner[isIpv4 ? 15 : 23] = (byte) vpn; // it comes out in another buffer: that says whose it is
            if (isIpv4) {
                TestFrames.fixChecksum(inner);
            }
        }
        byte[] whole = kind.frame(vpn, outer, inner, number);
        byte[] leaves = TunnelRig.toNear(isIpv4, 63, payload);
        if (kind == HostileKind.VPN_ID) {
            leaves = Arrays.copyOfRange(whole, 18, whole.length);
            leaves[8]--;
            TestFrames.fixChecksum(leaves);
        }
        int outerBytes =
                kind == HostileKind.MPLS_ON_LINK || kind == HostileKind.LABEL_TABLE || kind == HostileKind.SUBSTRATE
                        ? 0
                        : outer == AddressFamily.IPV6 ? 40 : (whole[18] & 0xf) * 4;
        int innermost = kind.isEsp() || kind == HostileKind.VPN_ID ? 18 + outerBytes : whole.length - inner.length;
        int[] headers = {0, 12, 18, 18 + outerBytes, innermost};
        return new Whole(whole, headers, vpn, HostileRig.toHost(vpn, leaves), wholes.size());
    }

    /** In order, two or three of each packet. */
    private static List<Whole> cut(Whole made) {
        byte[] packet = Arrays.copyOfRange(made.frame, IP_AT, made.frame.length);
        int payload = packet.length - OuterFragments.headerBytes(packet);
        List<Whole> pieces = new ArrayList<>();
        for (byte[] piece : OuterFragments.cut(packet, (payload / 3 + 8) & ~7, 0)) {
            pieces.add(new Whole(TunnelRig.fromGateway(piece), made.headers, made.vpn, made.leaves, made.packet));
        }
        return pieces;
    }

    /**
     * Makes the next frame, and returns how long it is. The first of a burst is one that was never sent before, if numbers are what makes
     * the difference.
     */
    int next(byte[] into, boolean isFirst) {
        frame = into;
        int n = kind == HostileKind.FRAGMENTS ? (int) (count++ % wholes.size()) : random.nextInt(wholes.size());
        isFresh = kind != HostileKind.FRAGMENTS && (isFirst || !kind.isEsp());
        if (isFirst && kind.isEsp()) {
            wholes.set(n, again(n));
        }
        whole = wholes.get(n);
        length = whole.frame.length;
        System.arraycopy(whole.frame, 0, frame, 0, length);
        if (kind == HostileKind.FRAGMENTS) {
            identify((int) (count / wholes.size() * wholes.size()) + whole.packet);
        }
        isChanged = random.nextInt(4) >= (kind == HostileKind.FRAGMENTS ? 3 : 1);
        if (isChanged) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change();
            }
            if (random.nextInt(4) != 0) {
                mend();
            }
        }
        return length;
    }

    /** Fragments of a packet have a number; that of one which was sent before would be one of a second's. */
    private void identify(int number) {
        if (frame[IP_AT] >>> 4 == 4) {
            setShort(IP_AT + 4, number);
            mendChecksum(IP_AT, 20);
        } else {
            INT.set(frame, IP_AT + 44, number);
        }
    }

    private Whole again(int n) {
        int perFamily = 2 * SIZES;
        AddressFamily outer = n / perFamily % 2 == 0 ? AddressFamily.IPV4 : AddressFamily.IPV6;
        int inFamily = n % perFamily;
        return make(wholes.get(n).vpn, outer, inFamily % 2 == 0, inFamily / 2);
    }

    private void change() {
        if (kind == HostileKind.FRAGMENTS) {
            changeFragment();
            return;
        }
        int header = whole.headers[random.nextInt(6) == 0 ? random.nextInt(2) : 2 + random.nextInt(3)];
        int at = header + random.nextInt(FIELD_BYTES);
        switch (random.nextInt(12)) {
            case 0, 1 -> put(at, random.nextInt(), random.nextInt(3));
            case 2, 3, 4 -> put(at & ~1, DANGEROUS[random.nextInt(DANGEROUS.length)], random.nextInt(3));
            case 5 -> put(at, get(at) + 1 - 2 * random.nextInt(2), 0);
            case 6 -> put(at, get(at) ^ 1 << random.nextInt(8), 0);
            case 7, 8 -> splice(at, 1 << random.nextInt(5));
            case 9 -> length = random.nextInt(8) == 0 ? random.nextInt(length) : Math.min(length, at);
            case 10 -> shift(header, 4 * (random.nextInt(9) - 4));
            default -> length = Math.min(MAX_BYTES, length + random.nextInt(40));
        }
        length = Math.max(1, length);
    }

    /** How long, which, where and whether there are more; not who sent what. */
    private void changeFragment() {
        boolean isIpv4 = frame[IP_AT] >>> 4 == 4;
        int at = IP_AT + (isIpv4 ? 2 : random.nextInt(3) == 0 ? 4 : 40) + random.nextInt(isIpv4 ? 8 : 4);
        switch (random.nextInt(4)) {
            case 0 -> put(at, random.nextInt(), 0);
            case 1 -> put(at, get(at) ^ 1 << random.nextInt(8), 0);
            case 2 -> put(at, get(at) + 1 - 2 * random.nextInt(2), 0);
            default -> length = Math.max(1, length - random.nextInt(40));
        }
    }

    private int get(int at) {
        return at < length ? frame[at] : 0;
    }

    /** A byte, two or four. */
    private void put(int at, int value, int width) {
        if (at + 4 <= length) {
            switch (width) {
                case 0 -> frame[at] = (byte) value;
                case 1 -> setShort(at, value);
                default -> INT.set(frame, at, value);
            }
        }
    }

    private int getShort(int at) {
        return (short) SHORT.get(frame, at) & 0xffff;
    }

    private void setShort(int at, int value) {
        SHORT.set(frame, at, (short) value);
    }

    /** Puts in what another frame, perhaps another VPN's, has there. */
    private void splice(int at, int bytes) {
        byte[] other = wholes.get(random.nextInt(wholes.size())).frame;
        int end = Math.min(at + bytes, Math.min(length, other.length));
        if (at < end) {
            System.arraycopy(other, at, frame, at, end - at);
        }
    }

    /** Pushes bytes in before a header, or takes some out. */
    private void shift(int header, int bytes) {
        int from = Math.max(0, header - Math.min(0, bytes));
        int to = header + Math.max(0, bytes);
        int moved = Math.min(length - from, MAX_BYTES - to);
        if (moved > 0) {
            System.arraycopy(frame, from, frame, to, moved);
            length = to + moved;
        }
    }

    /** Makes the outer header say how long it is, and its checksum right. */
    private void mend() {
        if (length < IP_AT + 40) {
            return;
        }
        if (getShort(IP_AT - 2) == 0x86dd) {
            setShort(IP_AT + 4, length - IP_AT - 40);
        } else if (getShort(IP_AT - 2) == 0x0800) {
            if (random.nextBoolean()) {
                setShort(IP_AT + 2, length - IP_AT);
            }
            mendChecksum(IP_AT, Math.max(20, (frame[IP_AT] & 0xf) * 4));
        }
    }

    private void mendChecksum(int at, int bytes) {
        if (at + bytes <= length) {
            setShort(at + 10, 0);
            int sum = 0;
            for (int n = 0; n < bytes; n += 2) {
                sum += getShort(at + n);
            }
            sum = (sum & 0xffff) + (sum >>> 16);
            setShort(at + 10, ~((sum & 0xffff) + (sum >>> 16)));
        }
    }

    /** The frame that must come out of the last one, whole: {@link #UNKNOWN} of one that was changed, or sent before. */
    byte[] leaves() {
        return isChanged || !isFresh ? UNKNOWN : whole.leaves;
    }
}
