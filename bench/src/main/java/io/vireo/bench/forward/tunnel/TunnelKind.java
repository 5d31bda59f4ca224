package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.util.List;

/** A kind of tunnel between {@link OuterIpv4#LOCAL}, where Vireo is, and {@link OuterIpv4#REMOTE}. */
public interface TunnelKind {
    /** MAC address of Vireo's end, which matters where there are frames in the tunnel. */
    long LOCAL_MAC = 0x020000000003L;

    /** That of the far end. */
    long REMOTE_MAC = 0x020000000004L;

    /** Its name in reports. */
    String title();

    /**
     * Makes an interface Vireo's end of it.
     *
     * @param spec the interface, of which everything else is set
     * @param underlayRouter the virtual router that forwards the outer packets
     */
    InterfaceSpec localEnd(InterfaceSpec spec, int underlayRouter);

    /**
     * The keys that it needs for a direction.
     *
     * @param tunnel interface that is its end
     * @param isOutbound whether that end encrypts; else it decrypts the far end's
     * @param incarnation of the data plane
     */
    default List<SecurityAssociationSpec> keys(int tunnel, boolean isOutbound, long incarnation) {
        return List.of();
    }

    /** Whether Vireo receives an outer packet that it has received before. */
    default boolean isRepeatable() {
        return true;
    }

    /** Type of the frames in which outer packets go. */
    default int etherType() {
        return OuterIpv4.ETHERTYPE;
    }

    /** Whether Vireo's end sends that into the tunnel of its own accord. */
    default boolean isOwn(byte[] inner) {
        return false;
    }

    /** The packet that the far end sends around a packet. */
    byte[] encapsulate(byte[] inner);

    /**
     * The packet within one that came to the far end, of which everything around it is looked at.
     *
     * @throws IllegalArgumentException with the fault, like "a wrong key", if something is not as it must be
     */
    byte[] decapsulate(byte[] outer);
}
