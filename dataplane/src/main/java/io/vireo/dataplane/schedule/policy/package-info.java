/**
 * What may be asked of the scheduler, as immutable values: service curves, their admission, filter rules and their
 * compilation.
 *
 * <p>Free of dependencies and free to allocate: control validates a configuration with the very code the data plane was
 * written against. Nothing here runs on a worker except through the flat image a {@link
 * io.vireo.dataplane.schedule.policy.ClassFilterCompiler} makes.
 */
@NullMarked
package io.vireo.dataplane.schedule.policy;

import org.jspecify.annotations.NullMarked;
