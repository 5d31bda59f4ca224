/**
 * The configuration language: from the YAML (or JSON) document to {@link io.vireo.control.model.Configuration} and back.
 *
 * <p>A document is read in three steps, and the problems of all of them are reported together:
 * {@link io.vireo.control.model.document.yaml.YamlReader} keeps for each value where it stands, {@link
 * io.vireo.control.model.document.ConfigurationReader} makes records of it and checks each value on its own, and the
 * checks look at what several values mean together.
 */
@NullMarked
package io.vireo.control.model.document;

import org.jspecify.annotations.NullMarked;
