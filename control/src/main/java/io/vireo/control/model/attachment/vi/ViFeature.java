package io.vireo.control.model.attachment.vi;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.TunnelSpec;
import java.util.List;

/** A virtual link of a Virtual Internet: IP in IP that only the interface takes that has the local address. */
public record ViFeature() implements EncapsulationFeature {
    private static final String LOCAL = "local";

    @Override
    public String name() {
        return ViReader.VI;
    }

    @Override
    public int headerBytes() {
        return 0;
    }

    /** What is a loopback's, nothing comes in by. */
    @Override
    public void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        List<Interface> owners = checks.interfacesOf(tunnel.underlay());
        boolean isAtAnEnd = owners == null
                || owners.stream().noneMatch(owner -> hasAddress(owner, tunnel))
                || owners.stream().anyMatch(owner -> owner.carriesPackets() && hasAddress(owner, tunnel));
        if (!isAtAnEnd) {
            checks.problem(
                    tunnel, LOCAL, "is a loopback's: a virtual link ends at an interface by which packets come in");
        }
    }

    private static boolean hasAddress(Interface owner, Attachment.Tunnel tunnel) {
        return owner.addresses().stream().anyMatch(address -> address.address().equals(tunnel.local()));
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.IPIP;
    }

    /** After what all tunnels have of modes. */
    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.modes(tunnel.modes() | TunnelModes.STRONG_END_SYSTEM);
    }

    @Override
    public String describe() {
        return ViReader.VI;
    }
}
