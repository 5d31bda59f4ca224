package io.vireo.tidy;

import java.util.List;
import java.util.stream.Stream;

/** Something the repository's text must not contain. */
interface Rule {
    /** A word without spaces; the ratchet's key. */
    String name();

    /** What to write instead. */
    String instead();

    Stream<Hit> hits(SourceText file);

    default List<Hit> hits() {
        return Repository.texts().stream().flatMap(this::hits).toList();
    }
}
