package io.vireo.control.model.attachment.feature;

import io.vireo.control.model.RouterPath;

/** The numbers by which the data plane knows what the configuration names. */
public interface Numbers {
    int portId(String port);

    int routerId(RouterPath router);

    /** The VPN-ID of a router. */
    long vpnId(RouterPath router);

    int interfaceId(RouterPath router, String interfaceName);
}
