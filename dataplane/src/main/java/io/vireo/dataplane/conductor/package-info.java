/**
 * The conductor: carries out control's commands and owns every table that workers read.
 *
 * <p>One thread. It validates each command against what there is, changes its state (routers, interfaces, adjacencies,
 * routes), and publishes to the workers' flat tables. A refused command changes nothing and is answered with the field that
 * is wrong. Nothing here allocates after start, except plugging and unplugging ports.
 *
 * <h2>Classes of the scheduler</h2>
 *
 * <p>The conductor knows which classes there are; the trees belong to the workers ({@link io.vireo.dataplane.schedule} says
 * where the other parts are).
 *
 * <table>
 *   <caption>For what, which file</caption>
 *   <tr><td>a command about a class, rate, quota or filter: checked, noted, ordered; answers of workers</td><td>{@code Classes}</td></tr>
 *   <tr><td>what each class was last programmed to be, and what uses it</td><td>{@code ClassState}</td></tr>
 *   <tr><td>how many buffers are promised to whom</td><td>{@code ClassQuotas}</td></tr>
 *   <tr><td>filters: assembled from their parts, checked, freed when the worker has the next one</td><td>{@code ClassFilters}</td></tr>
 *   <tr><td>which port has a scheduler, and where schedulers wait that none has</td><td>{@code PortSchedulers}</td></tr>
 *   <tr><td>all of it reported to control</td><td>{@code SchedulingDump}</td></tr>
 * </table>
 */
@NullMarked
package io.vireo.dataplane.conductor;

import org.jspecify.annotations.NullMarked;
