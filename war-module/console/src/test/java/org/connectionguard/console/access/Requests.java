/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Requests that no server has received. Stateless. */
final class Requests {
    // Among the headers, whom the server says that it was meant for.
    static final String SERVER = "server";
    static final String PORT = "port";

    private Requests() {}

    /** From an address, with these headers; by somebody whom the server knows already, or nobody. */
    static HttpServletRequest from(
            String address, Map<String, String> headers, Optional<String> user, Set<String> roles) {
        AtomicReference<Optional<String>> known = new AtomicReference<>(user);
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "getHeader" -> headers.get(arguments[0]);
                    case "getServerName" -> headers.get(SERVER);
                    case "getServerPort" -> Integer.valueOf(headers.getOrDefault(PORT, "8080"));
                    case "getServletPath" -> headers.getOrDefault("path", "/");
                    case "getContextPath" -> "/console";
                    case "isUserInRole" -> roles.contains(arguments[0]);
                    case "getUserPrincipal" ->
                        known.get().map(name -> (Principal) () -> name).orElse(null);
                    case "login" -> {
                        if (!arguments[1].equals("right")) {
                            throw new ServletException("wrong");
                        }
                        known.set(Optional.of(arguments[0].toString()));
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static HttpServletRequest from(String address, Map<String, String> headers) {
        return from(address, headers, Optional.empty(), Set.of());
    }
}
