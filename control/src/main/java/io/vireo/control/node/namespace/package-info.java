/** A virtual router in Linux: its namespace, TAP devices, sysctls, carriers, and the ledger of what is ours. */
@NullMarked
package io.vireo.control.node.namespace;

import org.jspecify.annotations.NullMarked;
