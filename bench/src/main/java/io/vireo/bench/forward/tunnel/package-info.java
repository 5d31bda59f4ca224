/**
 * Kinds of tunnels as their far ends see them: field by field, in no hurry, and without any of the data plane's code. A new kind is
 * a class that implements {@link io.vireo.bench.forward.tunnel.TunnelKind} and an entry of {@link
 * io.vireo.bench.forward.tunnel.TunnelKinds}.
 */
@NullMarked
package io.vireo.bench.forward.tunnel;

import org.jspecify.annotations.NullMarked;
