/**
 * The conductor: carries out control's commands and owns every table that workers read.
 *
 * <p>One thread. It validates each command against what there is, changes the books (routers, interfaces, adjacencies,
 * routes), and publishes to the workers' flat tables. A refused command changes nothing and is answered with the field that
 * is wrong. Nothing here allocates after start, except plugging and unplugging ports.
 */
@NullMarked
package io.vireo.dataplane.conductor;

import org.jspecify.annotations.NullMarked;
