package io.vireo.control.model.document.yaml;

/** Asked again and again while a document is read, by the thread that reads, whether the reading shall go on. */
@FunctionalInterface
public interface ReadingGuard {
    /** Lets every reading go on to its end. */
    ReadingGuard NONE = () -> {};

    /** Returns when it shall, and else throws an unchecked exception, which ends the reading. Cheap. */
    void check();
}
