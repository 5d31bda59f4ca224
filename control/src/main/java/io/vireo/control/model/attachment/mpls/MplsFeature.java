package io.vireo.control.model.attachment.mpls;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Mpls;
import io.vireo.control.model.Encapsulation.Mpls.Carrier;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;
import java.util.List;

/** A tunnel whose packets have a label. */
public record MplsFeature(Mpls mpls) implements EncapsulationFeature {
    private static final int LABEL_BYTES = 4;
    private static final String FRAGMENT = "fragment";

    @Override
    public String name() {
        return MplsReader.MPLS;
    }

    @Override
    public int headerBytes() {
        return mpls.over().headerBytes() + LABEL_BYTES;
    }

    @Override
    public void write(Tree tree) {
        tree.putUnless(MplsReader.OVER, mpls.over().toString(), Carrier.GRE.toString())
                .put(
                        MplsReader.LABEL,
                        new Tree()
                                .put(MplsReader.OUT, mpls.outLabel())
                                .put(MplsReader.IN, mpls.inLabel())
                                .fields());
    }

    @Override
    public TunnelKey key() {
        return new TunnelKey(MplsReader.LABEL, mpls.inLabel());
    }

    @Override
    public boolean hasOuterHeader() {
        return mpls.over() != Carrier.ETHERNET;
    }

    @Override
    public void check(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        if (mpls.over() == Carrier.UDP && tunnel.modes().fragment() == HeaderModes.Fragment.OUTER) {
            checks.problem(tunnel, FRAGMENT, "is outer, and packets within UDP are not to be fragmented (RFC 7510 5)");
        }
        if (hasOuterHeader()) {
            checkSent(tunnel, checks);
        } else {
            checkOnLink(tunnel, checks);
        }
    }

    /** What a router underneath says of a packet is the business of the tunnel that sends its label. */
    private void checkSent(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        record Sent(RouterPath underlay, IpAddress local, IpAddress remote, int label) {}
        checks.once(
                new Sent(tunnel.underlay(), tunnel.local(), tunnel.remote(), mpls.outLabel()),
                tunnel,
                MplsReader.LABEL,
                "has, with the same underlay and addresses, the label 'out' of another tunnel");
    }

    /** A router has one space of labels for all its links (RFC 3031 §3.14), and takes them by those that are to. */
    private void checkOnLink(Attachment.Tunnel tunnel, InterfaceChecks checks) {
        record Received(RouterPath underlay, int label) {}
        if (tunnel.modes().fragment() == HeaderModes.Fragment.OUTER) {
            checks.problem(tunnel, FRAGMENT, "'outer' needs an outer IP header, which a label on a link has not");
        }
        checks.once(
                new Received(tunnel.underlay(), mpls.inLabel()),
                tunnel,
                MplsReader.LABEL,
                "has, over the same underlay, the label 'in' of another tunnel");
        List<Interface> underlay = checks.interfacesOf(tunnel.underlay());
        boolean takesLabels = underlay == null
                || underlay.stream()
                        .anyMatch(each -> each.attachment() instanceof Attachment.Access access && access.mpls());
        if (!takesLabels) {
            checks.problem(
                    tunnel, MplsReader.OVER, "needs an interface of " + tunnel.underlay() + " with 'mpls: true'");
        }
    }

    @Override
    public Encapsulation code() {
        return switch (mpls.over()) {
            case GRE -> Encapsulation.MPLS_GRE;
            case UDP -> Encapsulation.MPLS_UDP;
            case ETHERNET -> Encapsulation.MPLS;
        };
    }

    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.udpPort(mpls.over() == Carrier.UDP ? Limits.MPLS_UDP_PORT : 0).mpls(mpls.outLabel(), mpls.inLabel());
    }

    @Override
    public String describe() {
        return MplsReader.MPLS + " over " + mpls.over() + " label out " + mpls.outLabel() + " in " + mpls.inLabel();
    }
}
