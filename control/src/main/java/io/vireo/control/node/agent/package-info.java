/** The thread that owns the session: attaches, resynchronises, watches ports, errors and silence. */
@NullMarked
package io.vireo.control.node.agent;

import org.jspecify.annotations.NullMarked;
