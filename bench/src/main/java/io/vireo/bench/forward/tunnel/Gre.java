package io.vireo.bench.forward.tunnel;

import static io.vireo.bench.forward.tunnel.OuterIpv4.require;

import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A GRE header between outer header and packet (RFC 2784 §2.1, RFC 2890 §2); IPv4 in it.
 *
 * @param title its name in reports
 * @param options of {@link GreOptions}, KEY and CHECKSUM
 * @param key 0 without KEY
 */
record Gre(String title, int options, int key) implements TunnelKind {
    private static final int PROTOCOL = 47;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int MIN_BYTES = 4;
    private static final int FIELD_BYTES = 4;

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        return OuterIpv4.localEnd(spec, Encapsulation.GRE, underlayRouter).gre(options, key);
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        ByteBuffer gre = ByteBuffer.allocate(headerBytes() + inner.length)
                .putShort((short) flags())
                .putShort((short) TYPE_IPV4);
        if (hasChecksum()) {
            gre.putInt(0);
        }
        if (hasKey()) {
            gre.putInt(key);
        }
        gre.put(inner);
        if (hasChecksum()) {
            gre.putShort(MIN_BYTES, (short) ~InternetChecksum.sum(gre, 0, gre.capacity()));
        }
        return OuterIpv4.encapsulate(PROTOCOL, gre.array());
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        byte[] bytes = OuterIpv4.decapsulate(PROTOCOL, outer);
        ByteBuffer gre = ByteBuffer.wrap(bytes);
        require(bytes.length >= headerBytes(), "no room for a GRE header");
        require(gre.getShort() == (short) flags(), "wrong GRE flags");
        require(gre.getShort() == (short) TYPE_IPV4, "a wrong type in GRE");
        if (hasChecksum()) {
            require(InternetChecksum.sum(gre, 0, bytes.length) == InternetChecksum.RIGHT, "a wrong GRE checksum");
            require((gre.getInt() & 0xffff) == 0, "something in the reserved field of GRE");
        }
        if (hasKey()) {
            require(gre.getInt() == key, "a wrong key");
        }
        return Arrays.copyOfRange(bytes, gre.position(), bytes.length);
    }

    private int flags() {
        return (hasChecksum() ? CHECKSUM_PRESENT : 0) | (hasKey() ? KEY_PRESENT : 0);
    }

    private int headerBytes() {
        return MIN_BYTES + FIELD_BYTES * Integer.bitCount(options);
    }

    private boolean hasChecksum() {
        return (options & GreOptions.CHECKSUM) != 0;
    }

    private boolean hasKey() {
        return (options & GreOptions.KEY) != 0;
    }
}
