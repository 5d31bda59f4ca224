/** Tests of files with secrets. */
@NullMarked
package io.vireo.control.node.secret;

import org.jspecify.annotations.NullMarked;
