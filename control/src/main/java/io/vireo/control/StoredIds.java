package io.vireo.control;

import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.IdsExhaustedException;
import io.vireo.control.store.IdentityTable;
import java.util.List;

/** The node's numbers, kept in the store. */
final class StoredIds implements IdRegistry {
    private final IdentityTable identities;

    StoredIds(IdentityTable identities) {
        this.identities = identities;
    }

    @Override
    public int idOf(Kind kind, String key, int limit) {
        return identities.idOf(kind.name(), key, limit).orElseThrow(() -> new IdsExhaustedException(kind, key, limit));
    }

    @Override
    public void release(Kind kind, String key) {
        identities.release(kind.name(), key);
    }

    @Override
    public List<String> keys(Kind kind) {
        return identities.keys(kind.name());
    }
}
