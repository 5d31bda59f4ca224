package io.vireo.control.model.attachment;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.attachment.access.AccessFeature;
import io.vireo.control.model.attachment.access.AccessReader;
import io.vireo.control.model.attachment.esp.EspFeature;
import io.vireo.control.model.attachment.esp.EspReader;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.attachment.gre.GreFeature;
import io.vireo.control.model.attachment.gre.GreReader;
import io.vireo.control.model.attachment.ipip.IpIpFeature;
import io.vireo.control.model.attachment.ipip.IpIpReader;
import io.vireo.control.model.attachment.link.LinkFeature;
import io.vireo.control.model.attachment.loopback.LoopbackFeature;
import io.vireo.control.model.attachment.loopback.LoopbackReader;
import io.vireo.control.model.attachment.mpls.MplsFeature;
import io.vireo.control.model.attachment.mpls.MplsReader;
import io.vireo.control.model.attachment.substrate.CrossingFeature;
import io.vireo.control.model.attachment.substrate.TunnelledLinkFeature;
import io.vireo.control.model.attachment.substrate.VirtualLinkFeature;
import io.vireo.control.model.attachment.substrate.VirtualLinkReader;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelFeature;
import io.vireo.control.model.attachment.tunnel.TunnelReader;
import io.vireo.control.model.attachment.vi.ViFeature;
import io.vireo.control.model.attachment.vi.ViReader;
import io.vireo.control.model.attachment.vns.VnsFeature;
import io.vireo.control.model.attachment.vns.VnsReader;
import io.vireo.control.model.attachment.vxlan.VxlanFeature;
import io.vireo.control.model.attachment.vxlan.VxlanReader;
import io.vireo.control.model.document.yaml.Fields;
import java.util.List;

/** The kinds of attachment that there are. */
public final class Attachments {
    private static final TunnelReader TUNNELS = new TunnelReader(List.of(
            new IpIpReader(),
            new GreReader(),
            new VnsReader(),
            new EspReader(),
            new VxlanReader(),
            new MplsReader(),
            new ViReader()));

    private Attachments() {}

    /** What is special about an attachment. */
    public static AttachmentFeature featureOf(Attachment attachment) {
        return switch (attachment) {
            case Attachment.Access access -> new AccessFeature(access);
            case Attachment.Loopback() -> new LoopbackFeature();
            case Attachment.LinkEnd end -> new LinkFeature(end);
            case Attachment.VirtualLink link -> new VirtualLinkFeature(link);
            case Attachment.Crossing crossing -> new CrossingFeature(crossing);
            case Attachment.Tunnel tunnel -> new TunnelFeature(tunnel, featureOf(tunnel.encapsulation()));
        };
    }

    private static EncapsulationFeature featureOf(Encapsulation encapsulation) {
        return switch (encapsulation) {
            case Encapsulation.IpIp() -> new IpIpFeature();
            case Encapsulation.Vi() -> new ViFeature();
            case Encapsulation.VirtualLink link -> new TunnelledLinkFeature(link);
            case Encapsulation.Gre gre -> new GreFeature(gre);
            case Encapsulation.Esp esp -> new EspFeature(esp);
            case Encapsulation.Vns vns -> new VnsFeature(vns);
            case Encapsulation.Vxlan vxlan -> new VxlanFeature(vxlan);
            case Encapsulation.Mpls mpls -> new MplsFeature(mpls);
        };
    }

    /**
     * The reader of an interface with these fields; the fields of other kinds are refused. The first that is meant is taken, so the one
     * that asks for nothing stands last.
     *
     * @param substrate what virtual links may refer to.
     */
    public static AttachmentReader readerOf(Fields fields, Substrate substrate) {
        List<AttachmentReader> readers =
                List.of(new LoopbackReader(), new VirtualLinkReader(substrate), TUNNELS, new AccessReader());
        int index = 0;
        while (!readers.get(index).isMeant(fields)) {
            index++;
        }
        AttachmentReader meant = readers.get(index);
        fields.refuse(
                readers.subList(index + 1, readers.size()).stream()
                        .flatMap(other -> other.ownFields().stream())
                        .filter(field -> !meant.ownFields().contains(field))
                        .distinct()
                        .toList(),
                meant.noun());
        return meant;
    }
}
