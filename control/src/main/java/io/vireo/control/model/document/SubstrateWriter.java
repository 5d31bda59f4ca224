package io.vireo.control.model.document;

import io.vireo.control.model.Crossing;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.SubstrateTunnel;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.document.yaml.Tree;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what a configuration says of the substrate, as {@link SubstrateReader} reads it. */
final class SubstrateWriter {
    private SubstrateWriter() {}

    static @Nullable Map<String, Object> substrate(Substrate substrate) {
        if (substrate.equals(Substrate.NONE)) {
            return null;
        }
        return new Tree()
                .putUnless(
                        SubstrateReader.ETHER_TYPE,
                        SubstrateReader.text(substrate.etherType()),
                        SubstrateReader.text(Substrate.DEFAULT_ETHER_TYPE))
                .putAll(
                        SubstrateReader.LINKS,
                        Stream.concat(
                                        substrate.links().stream().map(SubstrateWriter::link),
                                        substrate.tunnels().stream().map(SubstrateWriter::tunnel))
                                .toList())
                .putAll(
                        SubstrateReader.CROSSINGS,
                        substrate.crossings().stream()
                                .map(SubstrateWriter::crossing)
                                .toList())
                .fields();
    }

    private static Map<String, Object> crossing(Crossing crossing) {
        int defaultMtu = Attachments.featureOf(crossing.a().attachment()).defaultMtu();
        return new Tree()
                .put(CrossingReader.NAME, crossing.name())
                .putUnless(CrossingReader.MTU, crossing.mtu(), defaultMtu)
                .put(CrossingReader.A, end(crossing.a()))
                .put(CrossingReader.B, end(crossing.b()))
                .fields();
    }

    private static Map<String, Object> end(Interface end) {
        Tree tree = new Tree();
        Attachments.featureOf(end.attachment()).write(tree);
        return tree.put(CrossingReader.SCHEDULING, SchedulingWriter.scheduling(end.scheduling()))
                .fields();
    }

    private static Map<String, Object> tunnel(SubstrateTunnel tunnel) {
        return new Tree()
                .put("name", tunnel.name())
                .put(SubstrateReader.UNDERLAY, tunnel.underlay().toString())
                .put(SubstrateReader.LOCAL, tunnel.local().toString())
                .put(SubstrateReader.REMOTE, tunnel.remote().toString())
                .fields();
    }

    private static Map<String, Object> link(SubstrateLink link) {
        return new Tree()
                .put("name", link.name())
                .put(SubstrateReader.PORT, link.port())
                .putUnless(SubstrateReader.VLAN, link.vlan(), 0)
                .put(SubstrateReader.MAC, link.mac().toString())
                .put(
                        SubstrateReader.PEER_MAC,
                        link.peerMac() == null ? null : link.peerMac().toString())
                .putUnless(SubstrateReader.MULTI_ACCESS, link.isMultiAccess(), false)
                .putUnless(SubstrateReader.PRIORITY, link.priority(), 0)
                .fields();
    }
}
