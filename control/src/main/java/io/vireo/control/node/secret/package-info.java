/** Secrets that stand in files which a document names. */
@NullMarked
package io.vireo.control.node.secret;

import org.jspecify.annotations.NullMarked;
