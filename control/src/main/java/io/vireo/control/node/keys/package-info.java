/**
 * Keys of ESP tunnels: made here for what is received, taken from the far end for what is sent, kept by the data plane alone. In this
 * process they live as long as the request that carries them.
 */
@NullMarked
package io.vireo.control.node.keys;

import org.jspecify.annotations.NullMarked;
