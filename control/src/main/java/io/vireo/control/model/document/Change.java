package io.vireo.control.model.document;

import org.jspecify.annotations.Nullable;

/**
 * A difference between two configurations.
 *
 * @param path   what differs, elements called by their names: {@code vpns[blue].routers[r1].interfaces[h1].mtu}.
 * @param before what was there, as maps, lists and scalars; null when it was added.
 * @param after  what is there now; null when it was removed.
 */
public record Change(
        String path, @Nullable Object before, @Nullable Object after) {}
