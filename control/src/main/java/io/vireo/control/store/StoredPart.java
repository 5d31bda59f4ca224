package io.vireo.control.store;

import org.jspecify.annotations.Nullable;

/**
 * What was decided that a node gets, and that it does not have yet as far as is known.
 *
 * @param node        its name.
 * @param phase       in the order of which parts are brought, from 0.
 * @param reservation identifier of its reservation on the node.
 * @param api         the address of the node's API.
 * @param document    a whole configuration document.
 * @param baseVersion the version of the node that it was reserved on; or null.
 */
public record StoredPart(
        String node,
        int phase,
        String reservation,
        String api,
        String document,
        @Nullable Long baseVersion) {}
