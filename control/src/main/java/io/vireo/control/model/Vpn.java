package io.vireo.control.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual private network: what the node hosts of it.
 *
 * @param name    unique on the node.
 * @param id      the globally unique VPN-ID, {@link Limits#MIN_VPN_ID} to {@link Limits#MAX_VPN_ID}.
 * @param buffers what its classes may have queued together at each port, or null to leave that to the node.
 * @param routers its virtual routers on this node.
 * @param links   virtual links between two of those.
 */
public record Vpn(String name, long id, @Nullable VpnBuffers buffers, List<Router> routers, List<Link> links) {

    public Vpn {
        routers = List.copyOf(routers);
        links = List.copyOf(links);
    }

    /** Whether its classes have buffers of their own: because it says so, or because anything is guaranteed to it. */
    public boolean hasOwnBuffers() {
        return buffers != null
                || routers.stream()
                        .flatMap(router -> router.interfaces().stream())
                        .map(Interface::scheduling)
                        .anyMatch(scheduling -> scheduling != null && scheduling.hasGuarantee());
    }

    /** All interfaces of one of its routers: those it lists, and its ends of links. */
    public List<Interface> interfacesOf(Router router) {
        List<Interface> interfaces = new ArrayList<>(router.interfaces());
        for (Link link : links) {
            if (link.a().router().equals(router.name())) {
                interfaces.add(link.a().asInterface(link.b(), link));
            }
            if (link.b().router().equals(router.name())) {
                interfaces.add(link.b().asInterface(link.a(), link));
            }
        }
        return interfaces;
    }
}
