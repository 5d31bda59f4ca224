package io.vireo.control.network.controller;

import io.vireo.control.http.Json;
import io.vireo.control.store.StoreException;
import io.vireo.control.store.Version;
import tools.jackson.core.JacksonException;

/**
 * What a version of the network is in the store: the document as it was written, and what was made of it. So the parts that
 * nodes have are known though a later Vireo might plan otherwise.
 *
 * @param document the network document.
 * @param plan what was made of it.
 */
record StoredNetwork(String document, PlannedNetwork plan) {
    /** Before anything was committed. */
    static final StoredNetwork NONE = new StoredNetwork("", PlannedNetwork.EMPTY);

    String toText() {
        return Json.MAPPER.writeValueAsString(this);
    }

    /** @throws StoreException when it is not understood, as one of another Vireo may be. */
    static StoredNetwork of(Version version) {
        if (version.number() == 0) {
            return NONE;
        }
        try {
            return Json.MAPPER.readValue(version.document(), StoredNetwork.class);
        } catch (JacksonException e) {
            throw new StoreException(
                    "version " + version.number() + " in the store is not understood by this Vireo: " + e.getMessage(),
                    e);
        }
    }
}
