package io.vireo.dataplane.wire.command;

import org.jspecify.annotations.Nullable;

/** Decodes the message in hand and calls its handler: one for each template. */
interface CommandDecoder {
    /** What a decoder answers when a message is not well formed; never a rule's text. */
    String MALFORMED = "malformed";

    /** Returns null when the handler was called, else what is wrong. */
    @Nullable
    String decode();
}
