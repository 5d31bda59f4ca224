package io.vireo.control.view;

import org.jspecify.annotations.Nullable;

/**
 * What to capture: the frames of an interface, those that are dropped for a reason, or both conditions together.
 *
 * @param interfacePath    the interface, or null for all.
 * @param dropReason name of the drop reason, or null for frames that are not dropped too.
 * @param snapLength bytes to keep of each frame, at least 1.
 */
public record CaptureRequest(
        @Nullable InterfacePath interfacePath, @Nullable String dropReason, int snapLength) {}
