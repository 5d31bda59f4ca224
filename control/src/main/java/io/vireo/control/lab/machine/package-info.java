/**
 * A lab on this machine: what of it is there, what has to be made and removed, and the devices, namespaces and nodes themselves.
 *
 * <p>There is no file of what was made. Each thing bears its lab's mark ({@link io.vireo.control.lab.topology.LabNames}, {@link
 * io.vireo.control.lab.machine.NodeMark}), so that what a lab finds is what there is, also after it failed half-way.
 */
@NullMarked
package io.vireo.control.lab.machine;

import org.jspecify.annotations.NullMarked;
