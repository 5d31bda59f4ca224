package io.vireo.control.lab.topology;

import io.vireo.control.model.Limits;
import java.util.regex.Pattern;

/**
 * The names of what is made for a lab. Names of labs, nodes and hosts have no dash, so that two of them never make one:
 *
 * <pre>
 *   node a of lab two        two-a      (vireo show ports --node two-a; its namespaces: vireo-two-a-VPN-ROUTER)
 *   its port p1              two-a-p1   (a veth device of the machine)
 *   host h1                  two-h1     (a network namespace; ip netns exec two-h1 ping …)
 * </pre>
 *
 * <p>Devices and namespaces bear a mark as well, the Linux alias of the device or of the namespace's loopback, by which the lab knows
 * what it has made itself.
 *
 * @param lab name of the lab.
 */
public record LabNames(String lab) {
    private static final Pattern SHORT_NAME = Pattern.compile("[a-z0-9]+");

    /**
     * Checks a name of a lab, node or host.
     *
     * @throws IllegalArgumentException saying what is wrong.
     */
    static String check(String name) {
        if (!SHORT_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a name here: lower-case letters and digits alone, as a"
                            + " dash separates it from others in the names of devices");
        }
        if (name.length() > Limits.MAX_INTERFACE_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "'" + name + "' is longer than " + Limits.MAX_INTERFACE_NAME_LENGTH + " characters");
        }
        return name;
    }

    /**
     * The names of a lab whose own comes from outside.
     *
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public static LabNames checked(String lab) {
        return new LabNames(check(lab));
    }

    /** What the names of all nodes, devices and namespaces of the lab begin with. */
    public String prefix() {
        return lab + "-";
    }

    /** The node as {@code --node} names it. */
    public String node(String node) {
        return prefix() + node;
    }

    /** The namespace of a host. */
    public String namespace(String host) {
        return prefix() + host;
    }

    /** The veth device that is a node's port. */
    public String portDevice(String node, String port) {
        return prefix() + node + "-" + port;
    }

    /** What the marks of all devices and namespaces of the lab begin with. */
    public String markPrefix() {
        return "vireo lab " + lab + ": ";
    }

    /** The mark of a link's devices. */
    public String mark(LabLink link) {
        return markPrefix() + link.label();
    }

    /** The mark of a host's namespace. */
    public String mark(LabHost host) {
        return markPrefix() + host.name();
    }
}
