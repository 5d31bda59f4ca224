package io.vireo.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import org.jspecify.annotations.Nullable;

/** Whether {@code libipsec-mb} is there: found out once a process. */
final class IpsecMbLibrary {
    static final String NAME = "libIPSec_MB.so.1";

    private static final @Nullable String UNAVAILABILITY = find(NAME);

    private IpsecMbLibrary() {}

    /** Why there is no such library, with what to install; null: it is there. */
    static @Nullable String unavailability() {
        return UNAVAILABILITY;
    }

    static @Nullable String find(String name) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(name, arena);
            return library.find("alloc_mb_mgr").isPresent() ? null : name + " has no alloc_mb_mgr";
        } catch (IllegalArgumentException e) {
            return name + " cannot be loaded: apt-get install libipsec-mb1";
        }
    }
}
