package io.vireo.control.linux;

/** The kernel refused a call. The message reads {@code call(object): reason}. */
public final class LinuxException extends RuntimeException {
    private final int errno;

    /**
     * @param call the system call or request, e.g. {@code "TUNSETIFF"}
     * @param object what it was about, e.g. {@code "h1 in vireo-blue-r1"}
     * @param errno the positive error number
     */
    public LinuxException(String call, String object, int errno) {
        this(call, object, errno, "");
    }

    /**
     * As the other, with more to say.
     *
     * @param detail what the kernel said beyond the error number (netlink's extended acknowledgement), or empty
     */
    public LinuxException(String call, String object, int errno, String detail) {
        super(call + "(" + object + "): " + LibC.strerror(errno) + (detail.isEmpty() ? "" : ": " + detail));
        this.errno = errno;
    }

    /** The positive error number, one of {@link Errno} or another of {@code errno(3)}. */
    public int errno() {
        return errno;
    }
}
