package io.vireo.dataplane.wire.command;

import org.jspecify.annotations.Nullable;

/** Which decoder takes which message. Filled by the families of commands, once; then immutable. */
final class CommandDecoders {
    /** Ids of commands are below; see the schema. */
    private static final int MAX_COMMANDS = 100;

    private final @Nullable CommandDecoder[] byTemplateId = new @Nullable CommandDecoder[MAX_COMMANDS];

    void put(int templateId, CommandDecoder decoder) {
        if (byTemplateId[templateId] != null) {
            throw new IllegalArgumentException("templateId=" + templateId + " twice");
        }
        byTemplateId[templateId] = decoder;
    }

    @Nullable
    CommandDecoder get(int templateId) {
        return templateId < MAX_COMMANDS ? byTemplateId[templateId] : null;
    }
}
