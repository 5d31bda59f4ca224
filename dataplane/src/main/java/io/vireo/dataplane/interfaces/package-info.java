/**
 * What workers know of interfaces: which one a frame belongs to (port and VLAN), its router, MAC, MTU and state.
 *
 * <p>Flat native memory with one writer, the conductor; every worker reads it per packet.
 */
@NullMarked
package io.vireo.dataplane.interfaces;

import org.jspecify.annotations.NullMarked;
