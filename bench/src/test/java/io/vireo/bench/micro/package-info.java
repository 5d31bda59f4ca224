@NullMarked
package io.vireo.bench.micro;

import org.jspecify.annotations.NullMarked;
