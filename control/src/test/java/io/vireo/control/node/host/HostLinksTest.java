package io.vireo.control.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices as {@link HostLinks} knows them, against what the kernel answers when it is asked for all. */
class HostLinksTest {
    private static final int STEPS = Integer.getInteger("vireo.test.steps", 150);
    private static final List<String> NAMES = List.of("a0", "a1", "a2", "a3");

    private final Set<String> moved = new HashSet<>(); // their names are taken elsewhere
    private TestNamespace test;
    private TestNamespace elsewhere;
    private HostLinks links;
    private Rtnetlink kernel;

    @BeforeEach
    void open() {
        test = new TestNamespace();
        elsewhere = new TestNamespace();
        links = test.namespace().call(HostLinks::open);
        kernel = test.namespace().call(() -> Rtnetlink.open("test"));
    }

    @AfterEach
    void close() {
        kernel.close();
        links.close();
        elsewhere.close();
        test.close();
    }

    /** Whatever is added, deleted, renamed, moved, set up or down, or loses its carrier. */
    @Test
    void shouldKnowEveryDeviceAsTheKernelDoes() {
        long seed = Long.getLong("vireo.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            String command = command(random, step);
            test.batch(command);
            links.poll();
            NAMES.forEach(links::refresh); // carriers are reported up to a second late
            assertLikeTheKernel("seed " + seed + ", step " + step + ": " + command);
        }
    }

    private String command(Random random, int step) {
        Set<String> present = new HashSet<>();
        kernel.links().forEach(link -> present.add(link.name()));
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (!present.contains(name)) {
            return "link add " + name + " type veth peer name peer" + step;
        }
        String other = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "link del " + name;
            case 1 -> "link set " + name + " down";
            case 2 -> "link set " + name + " mtu " + (1_280 + random.nextInt(200));
            case 3 -> moved.add(name) ? "link set " + name + " netns " + elsewhere.name() : "link set " + name + " up";
            case 4 -> "link del " + name + "\nlink add " + name + " type veth peer name peer" + step;
            case 5 ->
                present.contains(other)
                        ? "link set " + name + " address 02:00:00:00:00:0" + random.nextInt(10)
                        : "link set " + name + " down\nlink set " + name + " name " + other;
            default -> "link set " + name + " up";
        };
    }

    private void assertLikeTheKernel(String when) {
        Map<String, LinkMessage> truth = new HashMap<>();
        kernel.links().forEach(link -> truth.put(link.name(), link));
        for (String name : NAMES) {
            HostLinks.HostLink known = links.find(name);
            LinkMessage expected = truth.get(name);
            assertThat(known == null ? null : known.link()).as(when).isEqualTo(expected);
        }
    }

    @Test
    void shouldDistinguishADeviceMadeAnewFromTheOneBefore() {
        test.batch("link add a0 index 77 type veth peer name b0");
        long before = lifeOf("a0");
        test.batch("link set a0 up\nlink set a0 mtu 1400");
        assertThat(lifeOf("a0")).as("changed").isEqualTo(before);
        test.batch("link set a0 down\nlink set a0 name a1");
        assertThat(lifeOf("a1")).as("renamed").isEqualTo(before);
        assertThat(links.find("a0")).isNull();
        test.batch("link del a1\nlink add a1 index 77 type veth peer name b0");
        assertThat(lifeOf("a1")).as("same name and index, another device").isNotEqualTo(before);
    }

    @Test
    void shouldLoseADeviceThatIsMovedAndKnowItAsNewWhenItComesBack() {
        test.batch("link add a0 type veth peer name b0");
        long before = lifeOf("a0");
        test.batch("link set a0 netns " + elsewhere.name());
        links.poll();
        assertThat(links.find("a0")).isNull();
        elsewhere.batch("link set a0 netns " + test.name());
        assertThat(lifeOf("a0")).isNotEqualTo(before);
    }

    /** A cable that is pulled: the far end goes down. */
    @Test
    void shouldKnowACarrierWhenAskedForTheDevice() {
        test.batch("link add a0 type veth peer name b0\nlink set a0 up\nlink set b0 up");
        links.refresh("a0");
        assertThat(found("a0").link().isOperational()).isTrue();
        test.batch("link set b0 down");
        links.refresh("a0");
        assertThat(found("a0").link().isUp()).isTrue();
        assertThat(found("a0").link().isOperational()).isFalse();
    }

    private long lifeOf(String name) {
        links.poll();
        return found(name).life();
    }

    private HostLinks.HostLink found(String name) {
        return Objects.requireNonNull(links.find(name), name);
    }
}
