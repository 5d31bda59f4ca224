package io.vireo.control.node;

import io.vireo.control.keys.KeyPeer;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;

/** A node of this process. */
record NodeKeyPeer(String name, NodeService node) implements KeyPeer {

    @Override
    public EspStatus status() {
        return node.keys().status();
    }

    @Override
    public KeyOffer offer(String path) {
        return node.keys().offer(pathOf(path));
    }

    @Override
    public void accept(String path, long incarnation, long ticket, KeyOffer offer) {
        node.keys().accept(pathOf(path), incarnation, ticket, offer);
    }

    @Override
    public void retire(String path, long spi) {
        node.keys().retire(pathOf(path), spi);
    }

    private static InterfacePath pathOf(String text) {
        String[] parts = text.split("/", -1);
        return new InterfacePath(parts[0], parts[1], parts[2]);
    }
}
