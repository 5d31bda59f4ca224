package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.yaml.ReadingGuard;
import io.vireo.control.store.StoreException;
import io.vireo.control.store.Version;

/** The configurations of versions in the store, whose documents were accepted once. Thread-safe. */
final class CommittedConfigurations {
    private final DocumentReader reader;

    /** The version that was read last: mostly the current one, which every status request asks for. */
    private volatile Parsed parsed = new Parsed(0, Configuration.EMPTY);

    private record Parsed(long number, Configuration configuration) {}

    CommittedConfigurations(DocumentReader reader) {
        this.reader = reader;
    }

    /**
     * The configuration of a version.
     *
     * @throws StoreException when its document is not understood, as one of another Vireo may be.
     */
    Configuration of(Version version) {
        Parsed known = parsed;
        if (known.number() == version.number()) {
            return known.configuration();
        }
        Configuration configuration = of(version.document(), "version " + version.number());
        parsed = new Parsed(version.number(), configuration);
        return configuration;
    }

    /**
     * The configuration of a document that was accepted once.
     *
     * @param what it is, for the message.
     * @throws StoreException as above.
     */
    Configuration of(String document, String what) {
        try {
            return reader.read(document, ReadingGuard.NONE);
        } catch (InvalidConfigurationException e) {
            throw new StoreException(what + " in the store is not understood by this Vireo: " + e.getMessage(), e);
        }
    }
}
