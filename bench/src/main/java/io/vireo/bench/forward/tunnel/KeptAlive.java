package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** IP in IP, through which the tunnel's end sends echo requests (RFC 792) beside what it forwards. */
record KeptAlive() implements TunnelKind {
    private static final TunnelKind KIND = new IpInIp();

    /** The least that there is. */
    static final int INTERVAL_MS = 100;

    /** Who is asked, and does not answer: 203.0.113.2. */
    private static final long TARGET = 203L << 24 | 0 << 16 | 113 << 8 | 2;

    private static final int MISSES = 3;
    private static final int PROTOCOL_OFFSET = 9;
    private static final int TARGET_OFFSET = 16;
    private static final int ICMP = 1;
    private static final int ECHO_REQUEST = 8;

    @Override
    public String title() {
        return KIND.title() + " with keepalives";
    }

    @Override
    public InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter) {
        InterfaceSpec end = KIND.localEnd(spec, underlayRouter);
        end.tunnel().keepalive(AddressFamily.IPV4, 0, TARGET, INTERVAL_MS, MISSES);
        return end;
    }

    @Override
    public boolean isOwn(byte[] inner) {
        return inner.length > OuterIpv4.BYTES
                && inner[PROTOCOL_OFFSET] == ICMP
                && ByteBuffer.wrap(inner).getInt(TARGET_OFFSET) == (int) TARGET
                && inner[OuterIpv4.BYTES] == ECHO_REQUEST;
    }

    @Override
    public byte[] encapsulate(byte[] inner) {
        return KIND.encapsulate(inner);
    }

    @Override
    public byte[] decapsulate(byte[] outer) {
        boolean isOwn =
                outer.length > OuterIpv4.BYTES && isOwn(Arrays.copyOfRange(outer, OuterIpv4.BYTES, outer.length));
        return isOwn ? OuterIpv4.decapsulateControl(IpInIp.PROTOCOL, outer) : KIND.decapsulate(outer);
    }
}
