package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabNode;
import io.vireo.control.profile.ProfileLibrary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * With what the data planes of a lab are started: those of the default profile, and tables that are small, as there are many nodes on one
 * machine. A node takes 17 MB of shared memory instead of 95, and 170 MB instead of 230 for its data plane.
 */
final class LabSettings {
    private static final Map<String, String> SMALL = Map.of(
            "vireo.idle", "adaptive",
            "vireo.memory.mb", "128",
            "vireo.mbufs", "8192",
            "vireo.max.routers", "1024",
            "vireo.max.interfaces", "4096",
            "vireo.max.adjacencies", "16384",
            "vireo.max.classes", "4096",
            "vireo.port.classes", "1024");

    private LabSettings() {}

    /** All settings of a node's data plane, by name. */
    static Map<String, String> of(LabNode node) {
        Map<String, String> settings = new LinkedHashMap<>(
                new ProfileLibrary().load(ProfileLibrary.DEFAULT_PROFILE).dataPlaneSettings());
        settings.putAll(SMALL);
        settings.put("vireo.workers", Integer.toString(node.workers()));
        settings.putAll(node.settings());
        return settings;
    }
}
