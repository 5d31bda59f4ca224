package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * A link of the substrate over a port: the scope of the identifiers of the virtual links that it carries. Either one to one other node,
 * which is known by VLAN and sender; or the whole untagged network behind the port, which promises nothing.
 *
 * @param name     unique on the node.
 * @param port     the port's name.
 * @param vlan     VLAN identifier, or 0 for frames without.
 * @param mac      by which this node sends and receives.
 * @param peerMac  the other node's; null: of a link to many, where each virtual link names its own.
 * @param priority of the frames' VLAN tag, {@code 0} to {@link Limits#MAX_VLAN_PRIORITY}; 0 is best effort.
 */
public record SubstrateLink(
        String name,
        String port,
        int vlan,
        MacAddress mac,
        @Nullable MacAddress peerMac,
        int priority) {

    public boolean isMultiAccess() {
        return peerMac == null;
    }
}
