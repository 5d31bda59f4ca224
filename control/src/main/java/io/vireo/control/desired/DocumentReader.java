package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;

/** Makes a configuration of a document. May take long. */
@FunctionalInterface
interface DocumentReader {
    Configuration read(String document) throws InvalidConfigurationException;
}
