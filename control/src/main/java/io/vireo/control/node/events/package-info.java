/** What the operator is told: events as they happen, alarms while they are active. */
@NullMarked
package io.vireo.control.node.events;

import org.jspecify.annotations.NullMarked;
