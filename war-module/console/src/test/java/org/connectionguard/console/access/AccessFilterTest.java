/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessFilterTest {
    private static final Map<String, String> HERE = Map.of("Host", "localhost");
    private static final Map<String, String> RIGHT = Map.of("Host", "localhost", "Authorization", basic("me:right"));
    private static final Map<String, String> WRONG = Map.of("Host", "localhost", "Authorization", basic("me:wrong"));

    private final Map<String, String> headers = new HashMap<>();
    private boolean signInIsPossible = true;

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes());
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What the filter answers; 200: it lets through. */
    private int answer(String setting, HttpServletRequest request) throws Exception {
        ServletContext context = proxy(ServletContext.class, (proxy, method, arguments) -> setting);
        AccessFilter filter = new AccessFilter(() -> signInIsPossible);
        filter.init(proxy(FilterConfig.class, (proxy, method, arguments) -> context));
        AtomicInteger status = new AtomicInteger();
        AtomicBoolean passed = new AtomicBoolean();
        PrintWriter writer = new PrintWriter(new StringWriter());
        HttpServletResponse response = proxy(HttpServletResponse.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "setStatus" -> status.set((Integer) arguments[0]);
                case "setHeader" -> headers.put(arguments[0].toString(), arguments[1].toString());
                case "sendRedirect" -> status.set(302);
                default -> {
                    // It has no further effect here.
                }
            }
            return method.getName().equals("getWriter") ? writer : null;
        });
        filter.doFilter(request, response, (ignored, too) -> passed.set(true));
        return passed.get() ? 200 : status.get();
    }

    private static HttpServletRequest by(Map<String, String> headers, String... roles) {
        return Requests.from("127.0.0.1", headers, Optional.empty(), Set.of(roles));
    }

    @Test
    void byDefaultAndWhereTheSettingIsWrongOnlyARoleLetsIn() throws Exception {
        for (String setting : new String[] {"auto", "role", "", "opne"}) {
            assertThat(answer(setting, by(HERE))).isEqualTo(401);
            assertThat(headers)
                    .containsEntry("WWW-Authenticate", "Basic realm=\"Connection Guard\", charset=\"UTF-8\"");
            assertThat(answer(setting, by(WRONG, Caller.VIEWER))).isEqualTo(401);
            assertThat(answer(setting, by(RIGHT))).isEqualTo(403);
            assertThat(answer(setting, by(RIGHT, Caller.VIEWER))).isEqualTo(200);
            assertThat(answer(setting, by(RIGHT, Caller.OPERATOR))).isEqualTo(200);
        }
    }

    @Test
    void whoeverSitsAtTheMachineIsLetInWhereThatIsSet() throws Exception {
        assertThat(answer("loopback", by(HERE))).isEqualTo(200);
        assertThat(answer("loopback", Requests.from("192.0.2.1", HERE))).isEqualTo(401);
        assertThat(answer("loopback", by(WRONG))).isEqualTo(401);
    }

    @Test
    void whereNobodyCanSignInWhoeverSitsAtTheMachineIsLetInByDefault() throws Exception {
        signInIsPossible = false;
        for (String setting : new String[] {"auto", ""}) {
            assertThat(answer(setting, by(HERE))).isEqualTo(200);
            assertThat(answer(setting, Requests.from("192.0.2.1", HERE))).isEqualTo(401);
            assertThat(answer(setting, by(Map.of("Host", "evil.example")))).isEqualTo(401);
            assertThat(answer(setting, by(Map.of("Host", "localhost", "X-Forwarded-For", "127.0.0.1"))))
                    .isEqualTo(401);
            assertThat(answer(setting, by(WRONG))).isEqualTo(401);
        }
        for (String setting : new String[] {"role", "opne"}) {
            assertThat(answer(setting, by(HERE))).isEqualTo(401);
        }
    }

    @Test
    void openIsOpenToAll() throws Exception {
        assertThat(answer("open", Requests.from("192.0.2.1", HERE))).isEqualTo(200);
    }

    @Test
    void whoSignsInIsAskedForANameAlsoWhereNoneIsNeeded() throws Exception {
        Map<String, String> login = new HashMap<>(HERE);
        login.put("path", "/login");
        assertThat(answer("open", by(login))).isEqualTo(401);
        login.put("Authorization", basic("me:right"));
        assertThat(answer("open", by(login, Caller.VIEWER))).isEqualTo(302);
    }

    @Test
    void everyAnswerForbidsWhatIsNotOurs() throws Exception {
        answer("role", by(HERE));
        assertThat(headers)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "no-store")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                                .doesNotContain("unsafe"));
    }

    @Test
    void aTokenIsItsUsersAndItsConsoles() {
        Token token = new Token();
        assertThat(token.isOf("me", token.of("me"))).isTrue();
        assertThat(token.isOf("you", token.of("me"))).isFalse();
        assertThat(token.isOf("me", new Token().of("me"))).isFalse();
        assertThat(token.isOf("me", "")).isFalse();
    }

    @Test
    void whatIsNoNameAndPasswordIsNobody() {
        assertThat(BasicCredentials.of("Bearer x")).isEmpty();
        assertThat(BasicCredentials.of("Basic ***")).isEmpty();
        assertThat(BasicCredentials.of(basic("nobody"))).isEmpty();
        assertThat(BasicCredentials.of(basic("me:a:b"))).contains(new BasicCredentials("me", "a:b"));
    }
}
