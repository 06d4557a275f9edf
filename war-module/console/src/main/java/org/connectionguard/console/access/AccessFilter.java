/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Before everything that the console gives away. For any thread. */
public final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** Where a browser that could see without it is asked for a name and a password. */
    private static final String LOGIN = "/login";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    /** Whether anybody can sign in. */
    private final transient BooleanSupplier signIn;

    /** Set before the first request. */
    private volatile Access access = Access.ROLE;

    /** @param signIn whether anybody can sign in now */
    public AccessFilter(BooleanSupplier signIn) {
        this.signIn = signIn;
    }

    @Override
    public void init(FilterConfig configuration) {
        access = Access.of(Optional.ofNullable(System.getProperty(Access.SETTING))
                .or(() -> Optional.ofNullable(configuration.getServletContext().getInitParameter(Access.SETTING)))
                .orElse(""));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        Caller caller = new Caller(request);
        boolean login = request.getServletPath().equals(LOGIN);
        if (!login && !caller.hasCredentials() && isOpenTo(caller)) {
            chain.doFilter(request, response);
        } else if (isAuthenticated(request, response)) {
            if (!caller.isViewer() && !isOpenTo(caller)) {
                answer(
                        response,
                        HttpServletResponse.SC_FORBIDDEN,
                        "This user has neither the role " + Caller.VIEWER + " nor " + Caller.OPERATOR + ".");
            } else if (login) {
                response.sendRedirect(request.getContextPath() + "/");
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    private boolean isOpenTo(Caller caller) {
        return switch (access) {
            case AUTO -> caller.isLoopback() && !signIn.getAsBoolean();
            case ROLE -> false;
            case LOOPBACK -> caller.isLoopback();
            case OPEN -> true;
        };
    }

    /**
     * Where not, the response asks for a name and a password. WildFly has looked at these before us; other servers only do when
     * they are asked to. Asked to challenge the browser, WildFly throws where no path is constrained, so that we do it.
     */
    private static boolean isAuthenticated(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getUserPrincipal() != null) {
            return true;
        }
        Optional<BasicCredentials> credentials =
                new Caller(request).header("Authorization").flatMap(BasicCredentials::of);
        try {
            if (credentials.isPresent()) {
                request.login(credentials.get().user(), credentials.get().password());
                return true;
            }
        } catch (ServletException e) {
            // Whether the name or the password is wrong is nobody's business.
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"Connection Guard\", charset=\"UTF-8\"");
        answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Sign in.");
        return false;
    }

    private static void answer(HttpServletResponse response, int status, String words) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(words);
    }
}
