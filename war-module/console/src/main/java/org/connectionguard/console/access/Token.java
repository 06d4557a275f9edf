/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a page must have read before it may act: a foreign page can send, but not read. Of each user another, until the console
 * is deployed anew; no session is needed for it. For any thread.
 */
public final class Token {
    /** The header that brings it. */
    public static final String HEADER = "X-Connection-Guard-Token";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** With a key that nobody else has. */
    public Token() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** That of a user. */
    public String of(String user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            // Every Java has it.
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is that user's. */
    public boolean isOf(String user, String token) {
        return MessageDigest.isEqual(of(user).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
