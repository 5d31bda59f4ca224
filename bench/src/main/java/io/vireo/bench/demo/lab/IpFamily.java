package io.vireo.bench.demo.lab;

/** The two internet protocols, as the tools of the lab want them named. */
public enum IpFamily {
    IPV4("-4", "IPv4"),
    IPV6("-6", "IPv6");

    private final String option;
    private final String title;

    IpFamily(String option, String title) {
        this.option = option;
        this.title = title;
    }

    /** The family of an address. */
    public static IpFamily of(String address) {
        return address.indexOf(':') >= 0 ? IPV6 : IPV4;
    }

    /** Option of ping, traceroute and ip that chooses the family. */
    public String option() {
        return option;
    }

    boolean matches(String address) {
        return of(address) == this;
    }

    @Override
    public String toString() {
        return title;
    }
}
