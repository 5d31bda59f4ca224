package io.vireo.control.api;

import io.vireo.control.http.ApiException;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Role;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of ESP tunnels over the API: for root alone, and on their way from one node to another. */
final class KeyOperations {
    private final Keys keys;

    KeyOperations(Keys keys) {
        this.keys = keys;
    }

    /** Which tunnel: {@code VPN/ROUTER/INTERFACE}. */
    record TunnelBody(@Nullable String path) {}

    /** The tunnel, the data plane's incarnation and the ticket, as GET said before the key was made, and the key. */
    record AcceptBody(
            @Nullable String path,
            long incarnation,
            long ticket,
            @Nullable KeyOffer offer) {}

    /** The tunnel and the key's SPI. */
    record RetireBody(@Nullable String path, long spi) {}

    /** It is so. */
    record DoneView(boolean done) {}

    List<Operation> operations() {
        return List.of(
                Operation.get(
                        "/v1/esp",
                        "ESP tunnels and the state of their keys, without these.",
                        Body.json(EspStatus.class),
                        exchange -> exchange.json(keys.status())),
                Operation.change(
                                "POST",
                                "/v1/esp/offer",
                                "Make a key that an ESP tunnel receives by, and answer it: for the tunnel's far end, and nobody else.",
                                Body.json(TunnelBody.class),
                                Body.json(KeyOffer.class),
                                this::offer)
                        .only(Role.ADMINISTRATOR),
                Operation.change(
                                "POST",
                                "/v1/esp/accept",
                                "Have an ESP tunnel send by a key that its far end has offered, and forget the one before.",
                                Body.json(AcceptBody.class),
                                Body.json(DoneView.class),
                                this::accept)
                        .only(Role.ADMINISTRATOR),
                Operation.change(
                                "POST",
                                "/v1/esp/retire",
                                "Have an ESP tunnel no longer receive by a key.",
                                Body.json(RetireBody.class),
                                Body.json(DoneView.class),
                                this::retire)
                        .only(Role.ADMINISTRATOR));
    }

    private void offer(Exchange exchange) throws Exception {
        exchange.secretJson(keys.offer(path(exchange.bodyJson(TunnelBody.class).path())));
    }

    private void accept(Exchange exchange) throws Exception {
        AcceptBody body = exchange.bodyJson(AcceptBody.class);
        if (body.offer() == null) {
            throw ApiException.badRequest("offer", "is missing");
        }
        try {
            keys.accept(path(body.path()), body.incarnation(), body.ticket(), body.offer());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("offer", "is not a key as it was offered"); // not what is in it
        }
        exchange.json(new DoneView(true));
    }

    private void retire(Exchange exchange) throws Exception {
        RetireBody body = exchange.bodyJson(RetireBody.class);
        keys.retire(path(body.path()), body.spi());
        exchange.json(new DoneView(true));
    }

    private static InterfacePath path(@Nullable String path) throws ApiException {
        if (path == null) {
            throw ApiException.badRequest("path", "is missing");
        }
        return InterfacePaths.parse("path", path);
    }
}
