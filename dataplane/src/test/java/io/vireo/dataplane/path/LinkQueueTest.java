package io.vireo.dataplane.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkQueueTest {
    private static final int REMOVED = 7;
    private static final int OTHER = 8;

    /** The conductor gives the id of a removed interface away after so many rounds. */
    @Test
    void shouldLetGoOfARemovedInterfaceWithinTheRoundsThatTheConductorWaits() {
        assertLetsGo(PathLimits.BURST_PACKETS, PathLimits.LINK_QUEUE_PACKETS, PathLimits.ROUNDS_UNTIL_FORGOTTEN);
        assertLetsGo(128, 8_192, 87);
        assertLetsGo(128, 64, 2);
        assertLetsGo(64, 4_096, 87);
        assertLetsGo(5, 16, 5);
        assertLetsGo(1, 8, 9);
    }

    @Test
    void shouldKeepPlacesForOwnControl() {
        LinkQueue links = new LinkQueue(128);
        int offered = 0;
        while (links.offer(0, OTHER)) {
            offered++;
        }
        assertThat(offered).isEqualTo(126);
        assertThat(links.offerOwnControl(0, OTHER)).isTrue();
        assertThat(links.offerOwnControl(0, OTHER)).isTrue();
        assertThat(links.offerOwnControl(0, OTHER)).isFalse();
    }

    private static void assertLetsGo(int burstPackets, int queuePackets, int roundsUntilForgotten) {
        assertThat(PathLimits.roundsUntilForgotten(burstPackets, queuePackets)).isEqualTo(roundsUntilForgotten);
        LinkQueue links = new LinkQueue(queuePackets);
        Burst burst = new Burst(burstPackets, 0);
        fill(links, REMOVED); // by the burst in hand, in the first round
        int lastSeen = 0;
        for (int round = 1; round < roundsUntilForgotten; round++) {
            burst.clear();
            links.drainTo(burst);
            if (holds(burst, REMOVED)) {
                lastSeen = round;
            }
            fill(links, OTHER); // links that stay go on
        }
        assertThat(lastSeen).isEqualTo(roundsUntilForgotten - 1);
        burst.clear();
        links.drainTo(burst);
        assertThat(holds(burst, REMOVED)).isFalse();
    }

    private static void fill(LinkQueue links, int farEnd) {
        while (links.offerOwnControl(0, farEnd)) {}
        assertThat(links.size()).isEqualTo(links.capacity());
    }

    private static boolean holds(Burst burst, int farEnd) {
        for (int i = 0; i < burst.size; i++) {
            if (burst.origin[i] == ~farEnd) {
                return true;
            }
        }
        return false;
    }
}
