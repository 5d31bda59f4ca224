/** The hosts, wires, nodes, traffic and measurements the checks are made of. (Third package because Demo */
@NullMarked
package io.vireo.bench.demo.lab;

import org.jspecify.annotations.NullMarked;
