/**
 * The engine room of control: brings Linux and the data plane to the desired state, and keeps them there.
 *
 * <p>A virtual router's control plane is a network namespace with a TAP device per interface
 * ({@link io.vireo.control.node.namespace.RouterNamespace}). What the kernel, or any daemon, puts into its tables is followed by
 * {@link io.vireo.control.node.mirror.RouteSync} and programmed into the data plane; packets that the data plane punts, and
 * those that the kernel sends, are carried by {@link io.vireo.control.node.pump.TapPump}.
 *
 * <p>Three threads: the <em>node agent</em> owns the data plane's session and everything that is mirrored; the
 * <em>pump</em> owns the punt, inject and capture rings; whoever applies a configuration changes Linux on its own
 * thread and hands the data plane's part to the agent.
 */
@NullMarked
package io.vireo.control.node;

import org.jspecify.annotations.NullMarked;
