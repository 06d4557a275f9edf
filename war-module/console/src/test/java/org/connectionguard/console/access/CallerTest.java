/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static boolean isLoopback(String address, Map<String, String> headers) {
        return new Caller(Requests.from(address, headers)).isLoopback();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.0.1", "0:0:0:0:0:0:0:1", "::1", "[::1]", "::ffff:127.0.0.1"})
    void thisMachineIsKnownByItsAddresses(String address) {
        assertThat(isLoopback(address, Map.of("Host", "localhost:8080"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "1270.0.0.1", "10.127.0.1", "::2", "", "localhost.example"})
    void anotherOneIsNot(String address) {
        assertThat(isLoopback(address, Map.of("Host", "localhost:8080"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"})
    void whatCameThroughAProxyIsNotFromHere(String header) {
        assertThat(isLoopback("127.0.0.1", Map.of("Host", "localhost", header, "127.0.0.1")))
                .isFalse();
    }

    @Test
    void aForeignNameThatLeadsHereIsNotFromHere() {
        assertThat(isLoopback("127.0.0.1", Map.of("Host", "evil.example:8080"))).isFalse();
        assertThat(isLoopback("127.0.0.1", Map.of("Host", "127.0.0.1.evil.example")))
                .isFalse();
        assertThat(isLoopback("127.0.0.1", Map.of())).isFalse();
        assertThat(isLoopback("::1", Map.of("Host", "[::1]:8080"))).isTrue();
    }

    /** Over HTTP/2, on servers that make no Host of its authority. */
    @Test
    void whereThereIsNoHostTheServerSaysWhomItWasMeantFor() {
        assertThat(isLoopback("127.0.0.1", Map.of(Requests.SERVER, "localhost")))
                .isTrue();
        assertThat(isLoopback("127.0.0.1", Map.of(Requests.SERVER, "evil.example")))
                .isFalse();
        assertThat(isOwn("https://shop", Requests.SERVER, "shop", Requests.PORT, "443"))
                .isTrue();
        assertThat(isOwn("http://shop:8080", Requests.SERVER, "shop")).isTrue();
        assertThat(isOwn("http://shop", Requests.SERVER, "shop")).isFalse();
        assertThat(isOwn("http://evil.example:8080", Requests.SERVER, "shop")).isFalse();
    }

    private static boolean isOwn(String origin, String... meantFor) {
        Map<String, String> all = new HashMap<>(Map.of("Origin", origin));
        for (int at = 0; at < meantFor.length; at += 2) {
            all.put(meantFor[at], meantFor[at + 1]);
        }
        return new Caller(Requests.from("192.0.2.1", all)).isSameOrigin();
    }

    private static boolean isSameOrigin(String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("Host", "shop:8080"));
        for (int at = 0; at < headers.length; at += 2) {
            all.put(headers[at], headers[at + 1]);
        }
        return new Caller(Requests.from("192.0.2.1", all)).isSameOrigin();
    }

    @Test
    void onlyOurOwnPagesAreBelieved() {
        assertThat(isSameOrigin("Origin", "http://shop:8080")).isTrue();
        assertThat(isSameOrigin("Sec-Fetch-Site", "same-origin")).isTrue();
        assertThat(isSameOrigin("Sec-Fetch-Site", "same-origin", "Origin", "http://shop:8080"))
                .isTrue();
        assertThat(isSameOrigin()).isFalse();
        assertThat(isSameOrigin("Origin", "http://shop:8081")).isFalse();
        assertThat(isSameOrigin("Origin", "null")).isFalse();
        assertThat(isSameOrigin("Origin", "no uri")).isFalse();
        assertThat(isSameOrigin("Sec-Fetch-Site", "same-site")).isFalse();
        assertThat(isSameOrigin("Sec-Fetch-Site", "cross-site", "Origin", "http://shop:8080"))
                .isFalse();
    }
}
