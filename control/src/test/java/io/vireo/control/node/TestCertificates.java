package io.vireo.control.node;

import io.vireo.control.linux.Shell;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes certificates of two days, and their authorities, by openssl: {@code NAME.pem} and {@code NAME.key} in a directory. */
record TestCertificates(Path directory) {
    private static final String NEW =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%s -keyout %s.key -out %s.pem";

    /** Makes a certificate of somebody, and before that its authority if there is none of that name. */
    void make(String authority, String domainName, String name) {
        Path ca = directory.resolve(authority);
        if (!Files.exists(directory.resolve(authority + ".pem"))) {
            Shell.run(NEW.formatted(authority, ca, ca));
        }
        Path own = directory.resolve(name);
        Shell.run(NEW.formatted(domainName, own, own)
                + " -addext subjectAltName=DNS:%s -addext basicConstraints=critical,CA:FALSE -CA %s.pem -CAkey %s.key"
                        .formatted(domainName, ca, ca));
    }
}
