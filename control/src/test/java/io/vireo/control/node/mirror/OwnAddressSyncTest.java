package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.layout.SharedLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The addresses that the data plane answers for are those the kernel would answer for. */
class OwnAddressSyncTest {
    private final MirroredNamespace namespace = new MirroredNamespace();

    @AfterEach
    void close() {
        namespace.close();
    }

    private void run(String command) {
        assertThat(namespace.run(command, !command.contains("2001:"))).isEmpty();
        namespace.catchUp();
    }

    private @Nullable AddressUse useOf(String address) {
        return namespace.addresses().get("1 " + address);
    }

    @Test
    void shouldProgramWhatIsThereAtTheStart() {
        assertThat(useOf("10.1.0.1")).isEqualTo(AddressUse.SOURCE);
        assertThat(useOf("2001:db8:1::1")).isEqualTo(AddressUse.SOURCE);
        assertThat(namespace.addresses().keySet())
                .filteredOn(key -> key.startsWith("1 fe80::"))
                .hasSize(1)
                .allMatch(key -> namespace.addresses().get(key) == AddressUse.ANSWER);
        assertThat(namespace.addresses().keySet())
                .noneMatch(key -> key.contains("10.4.0.1") || key.contains("127.0.0.1"));
    }

    @Test
    void shouldFollowWhatComesAndGoes() {
        run("address add 10.1.0.7/24 dev h1");
        run("address add 10.99.0.1/24 dev h1");
        assertThat(useOf("10.1.0.7")).isEqualTo(AddressUse.ANSWER);
        assertThat(useOf("10.99.0.1")).isEqualTo(AddressUse.ANSWER);
        run("address del 10.1.0.1/24 dev h1"); // the next primary one is the source now
        assertThat(useOf("10.1.0.1")).isNull();
        assertThat(namespace.addresses().keySet().stream()
                        .filter(key -> key.startsWith("1 10."))
                        .filter(key -> namespace.addresses().get(key) == AddressUse.SOURCE))
                .hasSize(1);
        run("address del 10.1.0.7/24 dev h1");
        run("address del 10.99.0.1/24 dev h1");
        assertThat(namespace.addresses().keySet()).noneMatch(key -> key.startsWith("1 10."));
    }

    /** Which of several is the source depends on the destination (RFC 6724): the kernel chooses. */
    @Test
    void shouldNameNoIpv6SourceWhenThereAreSeveral() {
        run("address add 2001:db8:99::1/64 dev h1 nodad");
        // The kernel takes it into use a moment later, on a thread of its own (addrconf_dad_work).
        assertThat(namespace.catchUpUntil(() -> useOf("2001:db8:99::1") == AddressUse.ANSWER))
                .isTrue();
        assertThat(useOf("2001:db8:1::1")).isEqualTo(AddressUse.ANSWER);
        run("address del 2001:db8:99::1/64 dev h1");
        assertThat(useOf("2001:db8:1::1")).isEqualTo(AddressUse.SOURCE);
    }

    @Test
    void shouldLeaveMoreThanTheDataPlaneTakesToTheKernel() {
        for (int n = 0; n < SharedLayout.MAX_INTERFACE_ADDRESSES + 5; n++) {
            run("address add 10.50." + n + ".1/24 dev h1");
        }
        assertThat(namespace.addresses().keySet())
                .filteredOn(key -> key.startsWith("1 10."))
                .hasSize(SharedLayout.MAX_INTERFACE_ADDRESSES);
    }
}
