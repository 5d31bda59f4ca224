/**
 * Keys of ESP tunnels, kept by the data plane alone: {@link io.vireo.control.node.keys.TunnelKeys} gives them to it. Two sources make
 * them: {@link io.vireo.control.node.keys.NodeKeys}, here for what is received and at the far end for what is sent, and IKE ({@code
 * io.vireo.control.node.ike}). In this process they live as long as it takes to hand them on.
 */
@NullMarked
package io.vireo.control.node.keys;

import org.jspecify.annotations.NullMarked;
