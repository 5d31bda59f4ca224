package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PortFailureTest {
    @Test
    void shouldCarryWhatTheDriverSaid() {
        assertThatThrownBy(() -> PortFailure.check(
                        new NativeLog.Captured(-RteErrno.EINVAL, 0, "ETHDEV: bad mtu\n  ETHDEV: giving up"),
                        "configure port 3"))
                .isInstanceOf(DpdkException.class)
                .hasMessage("cannot configure port 3: Invalid argument. DPDK said: ETHDEV: bad mtu; ETHDEV: giving up");
    }

    @Test
    void shouldTakeWhatIsNotNegativeForSuccess() {
        assertThatCode(() -> PortFailure.check(new NativeLog.Captured(0, 0, "ETHDEV: a warning"), "start port 3"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheDeviceThatCannotBePlugged() {
        DpdkException e = PortFailure.plug("net_nothing", new NativeLog.Captured(-RteErrno.ENODEV, 0, ""));
        assertThat(e.errno()).isEqualTo(RteErrno.ENODEV);
        assertThat(e).hasMessage("cannot plug 'net_nothing': no such device or driver, or it refused its arguments");
    }
}
