package io.vireo.control.model.document;

import io.vireo.control.model.Substrate;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.document.yaml.Tree;
import java.util.Map;
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
                        substrate.links().stream().map(SubstrateWriter::link).toList())
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
