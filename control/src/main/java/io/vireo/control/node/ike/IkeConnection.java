package io.vireo.control.node.ike;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.model.Ike;
import io.vireo.control.model.Ike.Authentication.Certificate;
import io.vireo.control.model.Ike.Authentication.PreSharedKey;
import io.vireo.control.node.ike.ViciMessage.Writer;
import io.vireo.control.node.secret.SecretFile;
import io.vireo.control.node.secret.SecretFileException;
import io.vireo.control.node.topology.InterfacePlan;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An ESP tunnel as charon is to negotiate it: one IKE SA with one CHILD_SA, for all packets of both families.
 *
 * @param name that charon knows it by, and its CHILD_SA.
 */
record IkeConnection(String name, InterfacePlan plan, Attachment.Tunnel tunnel, Esp esp, Ike ike) {
    /** Those with a PRF that {@link IkePrf} knows; what is common, the best first (RFC 8247). */
    private static final String[] IKE_PROPOSALS = {
        "aes256gcm16-prfsha384-ecp384",
        "aes128gcm16-prfsha256-ecp256",
        "aes256gcm16-prfsha256-x25519",
        "aes256-sha256-prfsha256-ecp256",
        "aes256-sha256-prfsha256-modp2048",
        "aes128-sha256-prfsha256-modp2048"
    };

    /** Groups of a CHILD_SA's own exchange (perfect forward secrecy), which the far end may go without. */
    private static final String[] CHILD_GROUPS = {"ecp384", "ecp256", "x25519", "modp2048"};

    private static final String[] EVERYTHING = {"0.0.0.0/0", "::/0"};
    private static final String IKE_REKEY_SECONDS = "14400";

    /** A part of the time by which two ends do not begin at once, in percent. */
    private static final int SPREAD = 10;

    /** The connection of an interface, or null when it has no keys by IKE. */
    static @Nullable IkeConnection of(InterfacePlan plan) {
        return plan.attachment() instanceof Attachment.Tunnel tunnel
                        && tunnel.encapsulation() instanceof Esp esp
                        && esp.ike() != null
                ? new IkeConnection("t" + plan.interfaceId(), plan, tunnel, esp, esp.ike())
                : null;
    }

    String path() {
        return plan.key();
    }

    /** Whether another is negotiated as this one. */
    boolean isSameAs(IkeConnection other) {
        return plan.interfaceId() == other.plan.interfaceId()
                && tunnel.local().equals(other.tunnel.local())
                && tunnel.remote().equals(other.tunnel.remote())
                && esp.algorithm() == other.esp.algorithm()
                && esp.lifetime().equals(other.esp.lifetime())
                && Objects.equals(ike, other.ike);
    }

    /**
     * Has charon know it, and its secrets anew.
     *
     * @throws SecretFileException when a file cannot be used
     * @throws IOException when charon has ended
     */
    void load(ViciClient vici) throws IOException, ViciException, SecretFileException {
        switch (ike.authentication()) {
            case PreSharedKey psk -> {
                byte[] secret = SecretFile.secret("pskFile", psk.file());
                try {
                    vici.require(
                            "load-shared",
                            new Writer()
                                    .value("id", name)
                                    .value("type", "IKE")
                                    .value("data", secret)
                                    .list("owners", ike.localId(), ike.remoteId()));
                } finally {
                    Arrays.fill(secret, (byte) 0);
                }
            }
            case Certificate certificate -> {
                byte[] key = SecretFile.secret("keyFile", certificate.key());
                try {
                    vici.require("load-key", new Writer().value("type", "any").value("data", key));
                } finally {
                    Arrays.fill(key, (byte) 0);
                }
            }
        }
        vici.require("load-conn", connection());
    }

    private Writer connection() throws SecretFileException {
        Writer writer = new Writer()
                .begin(name)
                .value("version", "2")
                .list("local_addrs", tunnel.local().toString())
                .list("remote_addrs", tunnel.remote().toString())
                .list("proposals", IKE_PROPOSALS)
                .value("encap", "yes")
                .value("mobike", "no")
                .value("rekey_time", IKE_REKEY_SECONDS)
                .value("dpd_delay", ike.deadPeerSeconds() + "s")
                .value("unique", "replace");
        authenticate(writer);
        writer.begin("children").begin(name);
        child(writer);
        return writer.end().end().end();
    }

    private void authenticate(Writer writer) throws SecretFileException {
        String method = ike.authentication() instanceof Certificate ? "pubkey" : "psk";
        writer.begin("local").value("auth", method).value("id", ike.localId());
        if (ike.authentication() instanceof Certificate own) {
            writer.list("certs", SecretFile.contents("certificateFile", own.certificate()));
        }
        writer.end().begin("remote").value("auth", method).value("id", ike.remoteId());
        if (ike.authentication() instanceof Certificate theirs) {
            writer.list("cacerts", SecretFile.contents("caFile", theirs.authority()));
        }
        writer.end();
    }

    /** Without policies, charon's own data plane does nothing by it. */
    private void child(Writer writer) {
        String cipher = switch (esp.algorithm()) {
            case AES_GCM_128 -> "aes128gcm16";
            case AES_GCM_256 -> "aes256gcm16";
            case CHACHA20_POLY1305 -> "chacha20poly1305";
        };
        String[] proposals = new String[CHILD_GROUPS.length + 1];
        for (int n = 0; n < CHILD_GROUPS.length; n++) {
            proposals[n] = cipher + "-" + CHILD_GROUPS[n] + "-noesn";
        }
        proposals[CHILD_GROUPS.length] = cipher + "-noesn";
        writer.list("local_ts", EVERYTHING)
                .list("remote_ts", EVERYTHING)
                .list("esp_proposals", proposals)
                .value("mode", "tunnel")
                .value("policies", "no")
                .value("rekey_time", ike.rekeySeconds() + "s")
                .value("rand_time", ike.rekeySeconds() * SPREAD / 100 + "s")
                .value("life_time", esp.lifetime().seconds() + "s")
                .value("start_action", "none")
                .value("close_action", "none")
                .value("dpd_action", "clear");
    }

    /** Has charon forget it, and end it at the far end. */
    void unload(ViciClient vici) throws IOException, ViciException {
        vici.call("unload-conn", new Writer().value("name", name));
        vici.call("unload-shared", new Writer().value("id", name));
        terminate(vici);
    }

    /** Has charon end the IKE SA, and wait a moment for the far end to hear of it. */
    void terminate(ViciClient vici) throws IOException, ViciException {
        vici.call(
                "terminate",
                new Writer().value("ike", name).value("force", "yes").value("timeout", "1000"));
    }

    /** Has charon begin; it says in its log what becomes of it. */
    void initiate(ViciClient vici) throws IOException, ViciException {
        vici.call(
                "initiate", new Writer().value("ike", name).value("child", name).value("timeout", "-1"));
    }

    /** Has charon negotiate other keys. */
    void rekey(ViciClient vici) throws IOException, ViciException {
        vici.call("rekey", new Writer().value("ike", name).value("child", name));
    }
}
