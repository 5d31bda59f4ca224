package io.vireo.control.view;

/**
 * How an interface is addressed: {@code blue/r1/h1}.
 *
 * @param vpn           name of the VPN.
 * @param router        name of the virtual router.
 * @param interfaceName name of the interface.
 */
public record InterfacePath(String vpn, String router, String interfaceName) {

    @Override
    public String toString() {
        return vpn + "/" + router + "/" + interfaceName;
    }
}
