package io.vireo.dpdk;

/** Turns a refusal of a port's driver into a sentence that carries the driver's own words. */
final class PortFailure {
    private PortFailure() {}

    static DpdkException plug(String device, NativeLog.Captured result) {
        return new DpdkException(
                "cannot plug '" + device + "': no such device or driver, or it refused its arguments" + said(result),
                -result.result());
    }

    /** Throws if the call was refused: {@code "cannot <what>: <reason>. DPDK said: …"}. */
    static void check(NativeLog.Captured call, String what) {
        if (call.result() < 0) {
            int errno = -call.result();
            throw new DpdkException("cannot " + what + ": " + RteErrno.text(errno) + said(call), errno);
        }
    }

    private static String said(NativeLog.Captured call) {
        return call.log().isEmpty() ? "" : ". DPDK said: " + NativeLog.onOneLine(call.log());
    }
}
