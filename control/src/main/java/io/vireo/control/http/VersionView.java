package io.vireo.control.http;

import io.vireo.control.store.Version;
import java.time.Instant;

/** A version without its document. */
public record VersionView(long number, Instant time, String author, String comment, boolean applied) {

    /** As it is answered. */
    public static VersionView of(Version version) {
        return new VersionView(
                version.number(), version.time(), version.author(), version.comment(), version.applied());
    }
}
