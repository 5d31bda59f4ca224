package io.vireo.control.cli;

import io.vireo.control.keys.KeyPeer;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.KeyOffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A node, by its control socket. */
public final class ClientKeyPeer implements KeyPeer {
    private final Path socket;
    private final ControlClient client;

    /** @param socket of the node's control */
    public ClientKeyPeer(Path socket) {
        this.socket = socket;
        client = ControlClient.connect(socket);
    }

    @Override
    public String name() {
        return socket.toString();
    }

    @Override
    public EspStatus status() {
        return ControlClient.JSON.treeToValue(client.get("/v1/esp"), EspStatus.class);
    }

    @Override
    public KeyOffer offer(String path) {
        return ControlClient.JSON.treeToValue(post("offer", Map.of("path", path)), KeyOffer.class);
    }

    @Override
    public void accept(String path, long incarnation, long ticket, KeyOffer offer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("path", path);
        body.put("incarnation", incarnation);
        body.put("ticket", ticket);
        body.put("offer", offer);
        post("accept", body);
    }

    @Override
    public void retire(String path, long spi) {
        post("retire", Map.of("path", path, "spi", spi));
    }

    private JsonNode post(String what, Map<String, Object> body) {
        return client.post("/v1/esp/" + what, ControlClient.JSON.writeValueAsString(body));
    }
}
