package io.vireo.control.model.attachment.esp;

import io.vireo.control.model.Ike;
import io.vireo.control.model.Ike.Authentication;
import io.vireo.control.model.Ike.Authentication.Certificate;
import io.vireo.control.model.Ike.Authentication.PreSharedKey;
import io.vireo.control.model.Limits;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.Tree;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code ike: {localId: ID, remoteId: ID, pskFile: PATH | certificateFile: PATH, keyFile: PATH, caFile: PATH,
 * rekeySeconds: N, deadPeerSeconds: N, initiate: BOOLEAN}}.
 */
final class IkeReader {
    static final String IKE = "ike";
    static final String LOCAL_ID = "localId";
    static final String REMOTE_ID = "remoteId";
    static final String PSK_FILE = "pskFile";
    static final String CERTIFICATE_FILE = "certificateFile";
    static final String KEY_FILE = "keyFile";
    static final String CA_FILE = "caFile";
    static final String REKEY_SECONDS = "rekeySeconds";
    static final String DEAD_PEER_SECONDS = "deadPeerSeconds";
    static final String INITIATE = "initiate";

    /** What somebody who means to write a secret down would call it. */
    private static final List<String> SECRETS = List.of("psk", "secret", "key", "password");

    private static final int MAX_ID_CHARACTERS = 255;

    private IkeReader() {}

    /** @param lifetimeSeconds of a key, in which another one must have been negotiated. */
    static @Nullable Ike read(@Nullable Fields fields, int lifetimeSeconds) {
        if (fields == null) {
            return null;
        }
        fields.refuse(SECRETS, "a document: it would stand in its history and in backups; name a file that holds it");
        String localId = fields.required(LOCAL_ID, IkeReader::id);
        String remoteId = fields.required(REMOTE_ID, IkeReader::id);
        Authentication authentication = authentication(fields);
        int rekeySeconds = fields.optional(
                REKEY_SECONDS,
                Limits.DEFAULT_REKEY_SECONDS,
                Scalars.integer(Limits.MIN_REKEY_SECONDS, Limits.MAX_REKEY_SECONDS));
        if (rekeySeconds >= lifetimeSeconds) {
            fields.problem(
                    REKEY_SECONDS,
                    rekeySeconds + " is not less than lifetimeSeconds, " + lifetimeSeconds
                            + ": a key would end before there is another");
        }
        int deadPeerSeconds = fields.optional(
                DEAD_PEER_SECONDS, Limits.DEFAULT_DEAD_PEER_SECONDS, Scalars.integer(1, Limits.MAX_DEAD_PEER_SECONDS));
        boolean initiates = fields.optional(INITIATE, true, Scalars::truth);
        return fields.finish() && localId != null && remoteId != null && authentication != null
                ? new Ike(localId, remoteId, authentication, rekeySeconds, deadPeerSeconds, initiates)
                : null;
    }

    private static @Nullable Authentication authentication(Fields fields) {
        Path psk = fields.optional(PSK_FILE, Scalars::file);
        Path certificate = fields.optional(CERTIFICATE_FILE, Scalars::file);
        Path key = fields.optional(KEY_FILE, Scalars::file);
        Path authority = fields.optional(CA_FILE, Scalars::file);
        boolean hasCertificate = fields.has(CERTIFICATE_FILE) || fields.has(KEY_FILE) || fields.has(CA_FILE);
        if (fields.has(PSK_FILE)) {
            if (hasCertificate) {
                fields.problem(
                        PSK_FILE, "does not go with a certificate: both ends prove who they are by one or the other");
            }
            return psk == null ? null : new PreSharedKey(psk);
        }
        if (!hasCertificate) {
            fields.problem(PSK_FILE, "is missing, or else certificateFile, keyFile and caFile");
            return null;
        }
        for (String field : List.of(CERTIFICATE_FILE, KEY_FILE, CA_FILE)) {
            if (!fields.has(field)) {
                fields.problem(field, "is missing: a certificate needs its key, and whose certificates are accepted");
            }
        }
        return certificate == null || key == null || authority == null
                ? null
                : new Certificate(certificate, key, authority);
    }

    /** Printable, and nothing that strongSwan would read as more than one. */
    private static String id(String text) {
        boolean isOne = !text.isBlank()
                && text.length() <= MAX_ID_CHARACTERS
                && text.chars().allMatch(each -> each >= ' ' && each < 0x7f)
                && text.indexOf('%') < 0;
        if (!isOne) {
            throw new IllegalArgumentException(
                    "must be an address, a domain name, user@domain or a distinguished name, in ASCII and without '%'");
        }
        return text;
    }

    static Tree write(Ike ike) {
        Tree tree = new Tree().put(LOCAL_ID, ike.localId()).put(REMOTE_ID, ike.remoteId());
        switch (ike.authentication()) {
            case PreSharedKey psk -> tree.put(PSK_FILE, psk.file().toString());
            case Certificate certificate ->
                tree.put(CERTIFICATE_FILE, certificate.certificate().toString())
                        .put(KEY_FILE, certificate.key().toString())
                        .put(CA_FILE, certificate.authority().toString());
        }
        return tree.putUnless(REKEY_SECONDS, ike.rekeySeconds(), Limits.DEFAULT_REKEY_SECONDS)
                .putUnless(DEAD_PEER_SECONDS, ike.deadPeerSeconds(), Limits.DEFAULT_DEAD_PEER_SECONDS)
                .putUnless(INITIATE, ike.initiates(), true);
    }
}
