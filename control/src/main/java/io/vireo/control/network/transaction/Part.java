package io.vireo.control.network.transaction;

import org.jspecify.annotations.Nullable;

/**
 * What a decision brings onto a node.
 *
 * @param node        its name.
 * @param phase       in the order of which parts are brought, from 0.
 * @param reservation identifier of its reservation on the node.
 * @param api         the address of the node's API.
 * @param document    a whole configuration document.
 * @param baseVersion the version of the node that it was reserved on; or null.
 */
public record Part(
        String node,
        int phase,
        String reservation,
        String api,
        String document,
        @Nullable Long baseVersion) {

    Part basedOn(long version) {
        return new Part(node, phase, reservation, api, document, version);
    }
}
