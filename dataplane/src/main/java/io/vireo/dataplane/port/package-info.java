/**
 * Ports as the data plane uses them: plugged, configured and unplugged by the conductor, which then gives each worker a new
 * {@link io.vireo.dataplane.port.WorkerPorts}: the queues it polls and the ones it sends by.
 */
@NullMarked
package io.vireo.dataplane.port;

import org.jspecify.annotations.NullMarked;
