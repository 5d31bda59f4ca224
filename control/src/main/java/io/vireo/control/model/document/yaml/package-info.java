/**
 * Documents of the configuration language field by field: what stands where in the text, how single values are read, and
 * problems that name the place. Knows nothing of what the fields mean together.
 */
@NullMarked
package io.vireo.control.model.document.yaml;

import org.jspecify.annotations.NullMarked;
