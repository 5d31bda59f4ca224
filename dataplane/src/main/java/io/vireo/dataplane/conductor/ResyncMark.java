package io.vireo.dataplane.conductor;

/**
 * The mark that whatever is added now carries: of the newest resynchronisation. What carries another when that ends is swept
 * away. Single user: the conductor.
 */
final class ResyncMark {
    private byte mark;

    byte current() {
        return mark;
    }

    /** A resynchronisation begins: everything there is becomes old. */
    void advance() {
        mark++;
    }
}
