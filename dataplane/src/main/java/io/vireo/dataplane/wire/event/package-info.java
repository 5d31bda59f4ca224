/** The conductor reports to control: proxy, adapter, handler. */
@NullMarked
package io.vireo.dataplane.wire.event;

import org.jspecify.annotations.NullMarked;
