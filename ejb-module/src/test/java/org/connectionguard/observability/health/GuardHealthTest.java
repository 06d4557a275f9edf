/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.observability.Channel;
import org.connectionguard.testing.SmallDeployment;
import org.junit.jupiter.api.Test;

class GuardHealthTest {
    private final SmallDeployment deployment = new SmallDeployment();

    @Test
    void itIsUpBeforeThereIsAGuardAndAfterItHasGone() {
        GuardHealth health = new GuardHealth(() -> "");
        assertThat(health.answer().up()).isTrue();
        assertThat(health.answer().data()).isEmpty();
        Channel channel = health.open(deployment.overview(), name -> Optional.of(Duration.ofMinutes(1)));
        deployment.channels().add(channel);
        deployment.tell(new OutageBegan(deployment.now(), SmallDeployment.SOURCE, "down", ""));
        deployment.becomes(DataSourceState.UNAVAILABLE);
        deployment.pass(Duration.ofSeconds(61));
        assertThat(health.answer().up()).isFalse();
        channel.close();
        assertThat(health.answer().up()).isTrue();
    }

    @Test
    void itIsCalledAfterTheDeploymentOnceThatHasAName() {
        assertThat(new GuardHealth(() -> "").name()).isEqualTo("connection-guard");
        assertThat(new GuardHealth(() -> "shop").name()).isEqualTo("connection-guard shop");
    }
}
