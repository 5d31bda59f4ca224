package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.yaml.ReadingGuard;

/** Makes a configuration of a document. May take long, and asks the guard meanwhile whether to go on. */
@FunctionalInterface
interface DocumentReader {
    Configuration read(String document, ReadingGuard guard) throws InvalidConfigurationException;
}
