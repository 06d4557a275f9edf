/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.interceptor.InvocationContext;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a deployment without CDI nothing is injected. */
class GuardingInterceptorTest {
    @RegisterExtension
    private final Log log = new Log();

    private final Map<String, Object> data = new HashMap<>();

    static class First {}

    static class Second {}

    private InvocationContext callOf(Object bean) {
        return Stub.of(InvocationContext.class, (method, arguments) -> switch (method) {
            case "proceed" -> "run";
            case "getTarget" -> bean;
            case "getContextData" -> data;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    @Test
    void whatRanWithoutUsRunsAndItIsSaidOnceOfEachBean() throws Exception {
        First bean = new First();
        assertThat(new ValidConnectionsInterceptor().aroundTimeout(callOf(bean)))
                .isEqualTo("run");
        assertThat(new ValidConnectionsInterceptor().aroundInvoke(callOf(bean))).isEqualTo("run");
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(
                        "WARNING CG0111 " + First.class.getName() + " runs without a guard: its deployment has no CDI")
                .contains("server-wide.cli");
        assertThat(new EnabledInterceptor().aroundTimeout(callOf(new Second()))).isEqualTo("run");
        assertThat(log.lines()).hasSize(2);
    }
}
