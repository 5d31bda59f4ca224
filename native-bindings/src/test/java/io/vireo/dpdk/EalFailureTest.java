package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EalFailureTest {
    @Test
    void shouldSayWhoMayStartTheEal() {
        DpdkException e = EalFailure.explain(
                RteErrno.EACCES,
                "EAL: Cannot open /dev/vfio/12:\n EAL: Permission denied",
                new EalContext(),
                new EalContext().toArguments("0"));

        assertThat(e.errno()).isEqualTo(13);
        assertThat(e)
                .hasMessage(
                        "cannot start DPDK: no permission; run as root, or give the process CAP_NET_RAW,"
                                + " CAP_NET_ADMIN and CAP_IPC_LOCK. DPDK said: EAL: Cannot open /dev/vfio/12:; EAL: Permission denied");
    }

    @Test
    void shouldSayHowManyHugepagesAreMissing() {
        EalContext context = new EalContext().useHugepages(true).memoryMegabytes(512);
        assertThat(explain(RteErrno.EACCES, "EAL: No free 2048 kB hugepages reported on node 0", context))
                .contains("no hugepages for 512 MB; reserve them (sysctl vm.nr_hugepages=256)");
        // Without hugepages the same words are about something else.
        assertThat(explain(RteErrno.ENOMEM, "EAL: Cannot get memory", new EalContext()))
                .startsWith("cannot start DPDK: Cannot allocate memory");
    }

    @Test
    void shouldNameTheArgumentsThatWereRefused() {
        EalContext context = new EalContext().argument("--nonsense");
        assertThat(explain(RteErrno.EINVAL, "EAL: Invalid 'command line' arguments.", context))
                .contains("it refused an argument of vireo ")
                .contains("--nonsense");
    }

    @Test
    void shouldSayThatAProcessHasOneEal() {
        assertThat(explain(RteErrno.EALREADY, "", new EalContext()))
                .isEqualTo("cannot start DPDK: it was started in this process before; a process has one EAL, once");
    }

    private static String explain(int errno, String log, EalContext context) {
        return String.valueOf(EalFailure.explain(errno, log, context, context.toArguments("0"))
                .getMessage());
    }
}
