package io.vireo.control.supervisor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of Vireo's JVMs: the JDK and the class path of the calling process, with the flags of each duty. */
public final class JvmCommand {
    /** What every Vireo JVM needs; the launcher has the same list. */
    private static final List<String> COMMON_FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The supervisor only waits: it is to be small. */
    private static final List<String> SUPERVISOR_FLAGS =
            List.of("-Xms8m", "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * Nothing on the data plane's threads allocates after start, so there is no collector, and a fixed heap.
     *
     * <p>The rest makes the JIT compile the path alike in every start. While its queue was long, methods ran in a tier that counts
     * their calls but not what they call (tier 2), and the optimizing compiler took what they call for rare, and did not
     * inline it: so that tier is left out. And each stage is compiled by itself: the worker's loop with all of them inlined
     * exceeds what is inlined at most, so the last small methods became calls.
     */
    private static final List<String> DATA_PLANE_FLAGS = List.of(
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xms512m",
            "-Xmx512m",
            "-XX:Tier3DelayOn=1000",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline,io.vireo.dataplane.path.*::process");

    /**
     * A full Internet table passes through control; otherwise it is small. The first compiler alone: control is at work in
     * a moment, a third of the processor time before it answers, and takes less from workers that share its CPUs.
     *
     * <p>Requests are answered by virtual threads, which keep their carrier while they compute. Of as many carriers as CPUs
     * two long answers can take all; of more, which the kernel has take turns, a short one gets its part at once.
     *
     * <p>The heap begins with a young generation of 16 MB: with the 10 MB of a heap of 32 MB, twice as much of a full table that is
     * read at the start is copied on the way.
     */
    private static final List<String> CONTROL_FLAGS = List.of(
            "-Xms48m",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.virtualThreadScheduler.parallelism=16");

    /** It plans networks of a thousand VPNs: both compilers, and room. */
    private static final List<String> CONTROLLER_FLAGS = List.of("-Xms32m", "-Xmx1g", "-XX:+UseSerialGC");

    private JvmCommand() {}

    static List<String> supervisor(Installation installation, NodePaths paths, Map<String, String> dataPlaneSettings) {
        List<String> arguments = new ArrayList<>(List.of(installation.label(), paths.node()));
        dataPlaneSettings.forEach((name, value) -> arguments.add(name + "=" + value));
        List<String> flags = new ArrayList<>(SUPERVISOR_FLAGS);
        flags.add("-Dvireo.home=" + System.getProperty("vireo.home", ""));
        return java(flags, "io.vireo.control.supervisor.SupervisorMain", arguments);
    }

    /**
     * The data plane's command line.
     *
     * @param node the node's name
     * @param sharedDirectory the node's directory
     * @param settings {@code vireo.x=y}, as the data plane documents them
     */
    public static List<String> dataPlane(String node, Path sharedDirectory, List<String> settings) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("vireo.node=" + node);
        arguments.add("vireo.node.dir=" + sharedDirectory);
        // By its name: control sees no class of the data plane's but its wire.
        return java(withCache(DATA_PLANE_FLAGS, "dataplane"), "io.vireo.dataplane.DataplaneMain", arguments);
    }

    /**
     * The command line of a JVM with the data plane's flags: what is measured by itself is compiled as it is in service.
     *
     * @param flags further flags, which win
     * @param mainClass what it runs
     * @param arguments of the main class
     */
    public static List<String> likeDataPlane(List<String> flags, String mainClass, List<String> arguments) {
        return java(ofDataPlane(flags), mainClass, arguments);
    }

    /**
     * All flags of such a JVM, for who starts it by other means.
     *
     * @param flags further flags, which win
     */
    public static List<String> dataPlaneFlags(List<String> flags) {
        List<String> all = new ArrayList<>(COMMON_FLAGS);
        all.addAll(ofDataPlane(flags));
        return all;
    }

    private static List<String> ofDataPlane(List<String> flags) {
        List<String> all = new ArrayList<>(DATA_PLANE_FLAGS);
        all.addAll(flags);
        return all;
    }

    static List<String> control(NodePaths paths) {
        List<String> arguments = List.of(
                "--node", paths.node(),
                "--shared-directory", paths.sharedDirectory().toString(),
                "--state-directory", paths.stateDirectory().toString(),
                "--socket", paths.controlSocket().toString());
        return java(withCache(CONTROL_FLAGS, "control"), "io.vireo.control.ControlMain", arguments);
    }

    static List<String> controller(NodePaths paths) {
        List<String> arguments = List.of(
                paths.node(),
                paths.sharedDirectory().toString(),
                paths.stateDirectory().toString(),
                paths.controlSocket().toString());
        // By its name: a supervisor needs nothing of a network.
        return java(CONTROLLER_FLAGS, "io.vireo.control.network.ControllerMain", arguments);
    }

    /** Adds the ahead-of-time cache that the launcher trained for this service, when there is one. */
    private static List<String> withCache(List<String> flags, String service) {
        Path cache = Path.of(System.getProperty("vireo.home", ""), "target", "dist", service + ".aot");
        if (!Files.exists(cache)) {
            return flags;
        }
        List<String> all = new ArrayList<>(flags);
        all.add("-XX:AOTCache=" + cache);
        return all;
    }

    private static List<String> java(List<String> flags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(COMMON_FLAGS);
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
