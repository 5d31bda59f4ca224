/** The conversation with one life of the data plane: commands, answers, barriers, dumps. */
@NullMarked
package io.vireo.control.node.session;

import org.jspecify.annotations.NullMarked;
