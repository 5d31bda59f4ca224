package io.vireo.control.lab.topology;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A topology with the configurations of its nodes: all that a lab shall be.
 *
 * @param topology       the topology.
 * @param configurations by name of the node; the ports that links join have their devices.
 * @param mtus           of each link, in bytes, in the order of the topology's links, by the link's label.
 */
public record LabDesign(LabTopology topology, Map<String, Configuration> configurations, Map<String, Integer> mtus) {
    /** Copies the maps. */
    public LabDesign {
        configurations = Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
        mtus = Collections.unmodifiableMap(new LinkedHashMap<>(mtus));
    }

    /** Reads the file of a node's configuration. */
    @FunctionalInterface
    public interface Files {
        /**
         * The text of a file.
         *
         * @param file as the topology names it.
         * @throws IllegalArgumentException saying why it cannot be read.
         */
        String read(String file);
    }

    /**
     * Reads and checks a topology and the documents of its nodes.
     *
     * @param text  the topology document.
     * @param files the files it names.
     * @throws InvalidConfigurationException with everything that is wrong; of a file, after the file's name.
     */
    public static LabDesign read(String text, Files files) throws InvalidConfigurationException {
        return new DesignReader(files).read(text);
    }

    /** The name of the lab that a document describes, whatever else is wrong with it. */
    public static String nameOf(String text) throws InvalidConfigurationException {
        return TopologyReader.nameOf(text);
    }

    /** The configuration of a node of the topology. */
    public Configuration configuration(String node) {
        return Objects.requireNonNull(configurations.get(node), node);
    }

    /** Largest IP packet that passes a link, in bytes. */
    public int mtu(LabLink link) {
        return mtus.getOrDefault(link.label(), 0);
    }
}
