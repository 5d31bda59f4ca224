/**
 * What the demo's checks are made of: hosts and veth pairs, the node under test, the traffic between them, and what is read
 * from captures and counters afterwards.
 */
@NullMarked
package io.vireo.bench.demo.lab;

import org.jspecify.annotations.NullMarked;
