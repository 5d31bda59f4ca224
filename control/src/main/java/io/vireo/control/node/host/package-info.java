/** The machine's own kernel: network devices that become ports, and limits all namespaces share. */
@NullMarked
package io.vireo.control.node.host;

import org.jspecify.annotations.NullMarked;
