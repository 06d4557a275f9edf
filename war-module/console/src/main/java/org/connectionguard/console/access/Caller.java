/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a request tells of who sent it. For the thread of the request. */
public record Caller(HttpServletRequest request) {
    /** Who may see. */
    public static final String VIEWER = "connection-guard";

    /** Who may also act. */
    public static final String OPERATOR = "connection-guard-operator";

    /** No name is looked up for an address that is written like this. */
    private static final Pattern LOOPBACK_ADDRESS =
            Pattern.compile("127(\\.\\d{1,3}){3}|(0:){7}1|::1|::ffff:127(\\.\\d{1,3}){3}");

    /** A browser leaves them out of an origin. */
    private static final Set<Integer> DEFAULT_PORTS = Set.of(80, 443);

    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[(0:){7}1])(:\\d+)?");

    public boolean isOperator() {
        return request.getUserPrincipal() != null && request.isUserInRole(OPERATOR);
    }

    boolean isViewer() {
        return request.getUserPrincipal() != null && (request.isUserInRole(VIEWER) || isOperator());
    }

    /** Some servers look at credentials only when they are asked to. */
    boolean hasCredentials() {
        return request.getUserPrincipal() != null || header("Authorization").isPresent();
    }

    /**
     * Whether this machine itself calls: not through a proxy, and, lest a foreign page has its own name resolved to this
     * machine, by one of this machine's names.
     */
    boolean isLoopback() {
        String address = Optional.ofNullable(request.getRemoteAddr()).orElse("").replaceAll("^\\[|]$|%.*", "");
        return LOOPBACK_ADDRESS.matcher(address).matches()
                && authority()
                        .filter(host -> LOOPBACK_HOST.matcher(host).matches())
                        .isPresent()
                && Stream.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
                        .allMatch(name -> header(name).isEmpty());
    }

    /** Whether one of our own pages sent it, as far as the browser says: one that says nothing of it is not believed. */
    public boolean isSameOrigin() {
        Optional<String> site = header("Sec-Fetch-Site");
        Optional<String> origin = header("Origin");
        return (site.isPresent() || origin.isPresent())
                && site.map("same-origin"::equals).orElse(true)
                && origin.map(this::isOwn).orElse(true);
    }

    private boolean isOwn(String origin) {
        try {
            return authority().equals(Optional.ofNullable(URI.create(origin).getRawAuthority()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whom the request was meant for: over HTTP/2 it has no Host (RFC 9113, 8.3.1), and some servers make none. */
    private Optional<String> authority() {
        return header("Host")
                .or(() -> Optional.ofNullable(request.getServerName())
                        .map(name -> DEFAULT_PORTS.contains(request.getServerPort())
                                ? name
                                : name + ":" + request.getServerPort()));
    }

    /** A header of the request. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
