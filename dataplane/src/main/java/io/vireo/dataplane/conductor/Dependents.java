package io.vireo.dataplane.conductor;

import java.util.ArrayList;
import java.util.List;

/** All who depend on ports, interfaces and routers, in the order in which they are notified. Single user: the conductor. */
final class Dependents implements Dependent {
    private final List<Dependent> all = new ArrayList<>();

    /** Adds another; at start. */
    void add(Dependent dependent) {
        all.add(dependent);
    }

    @Override
    public boolean mayRemovePort(int port) {
        for (int n = 0; n < all.size(); n++) {
            if (!all.get(n).mayRemovePort(port)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void portRemoved(int port) {
        for (int n = 0; n < all.size(); n++) {
            all.get(n).portRemoved(port);
        }
    }

    @Override
    public boolean mayRemoveInterface(int interfaceId) {
        for (int n = 0; n < all.size(); n++) {
            if (!all.get(n).mayRemoveInterface(interfaceId)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void interfaceRemoved(int interfaceId) {
        for (int n = 0; n < all.size(); n++) {
            all.get(n).interfaceRemoved(interfaceId);
        }
    }

    @Override
    public boolean mayRemoveRouter(int router) {
        for (int n = 0; n < all.size(); n++) {
            if (!all.get(n).mayRemoveRouter(router)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void routerRemoved(int router) {
        for (int n = 0; n < all.size(); n++) {
            all.get(n).routerRemoved(router);
        }
    }
}
