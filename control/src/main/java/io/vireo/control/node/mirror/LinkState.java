package io.vireo.control.node.mirror;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An interface in the kernel's view.
 *
 * @param isSetUp whether it was set up ({@code ip link set up}).
 * @param isOperational whether it has a carrier too, so that packets pass.
 * @param changedAt when that became so; at the earliest when control first saw it.
 */
public record LinkState(
        boolean isSetUp, boolean isOperational, @Nullable Instant changedAt) {}
