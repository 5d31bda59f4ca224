/**
 * Routing daemons of virtual routers: what {@code routing:} of the document says runs in the router's namespace, as unmodified programs.
 *
 * <pre>
 *   document ── RouterPlan ──▶ RoutingService ──▶ RouterDaemons, one per router ── RoutingSuite: what runs, how it is configured
 *                                    │                    │                            (frr.Frr, OwnProgram)
 *                                    │                    ├── Workspace: files, sockets   ── DaemonProcesses: start, find, end
 *                                    ▼                    └── DaemonCgroup: CPU and memory
 *                              status, events
 *
 *   daemon ── routes ──▶ the namespace's kernel ── io.vireo.control.node.mirror ──▶ data plane
 * </pre>
 *
 * A daemon that ends is started again, at once the first time, later each time it ends soon; one that runs is left alone,
 * whatever becomes of control: the next control knows it by its pid file and a mark in its environment, and adopts it. A change of the
 * document is said to the daemons that run, as their difference; only what a daemon does not take so has it start again. Documents are
 * followed after they are applied as a whole, so one that is refused changes no daemon. What goes with its router is ended before the
 * namespace is: a process would keep that alive, without a name.
 *
 * <p>Routes come into the data plane as anybody's do: the mirror follows the kernel. So nothing here is on the packet path, and a router
 * whose daemons are away keeps the routes that it has until they, or Linux, take them back.
 *
 * <p>Each is in a session of its own, under its package's user, with the capabilities that it asks for and no more to be had (a bounding
 * set, no new privileges), in a cgroup of its router's where there is cgroup v2. FRR's ask for {@code CAP_SYS_ADMIN} in nearly all of them
 * (for VRFs as namespaces) and do not start without: that is what they have beyond what they need.
 */
@NullMarked
package io.vireo.control.node.routing;

import org.jspecify.annotations.NullMarked;
