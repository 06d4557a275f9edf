/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is before whom, and who is woken. */
class LineTest extends VisitFixture {
    private final Line line = new Line();
    private final Visit first = visit(1);
    private final Visit second = visit(2);
    private final Visit third = visit(3);

    @Test
    void nobodyIsFirstInALineWithoutHim() {
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.size()).isZero();
        assertThat(line.isFirst(first)).isFalse();
        line.wakeFirst();
        line.wakeAll();
        assertThat(woken).isEmpty();
    }

    @Test
    void whoComesBackTakesThePlaceThatHeHad() {
        line.join(second);
        line.join(third);
        assertThat(line.isFirst(second)).isTrue();
        line.join(first);
        assertThat(line.isEmpty()).isFalse();
        assertThat(line.size()).isEqualTo(3);
        assertThat(line.isFirst(first)).isTrue();
        assertThat(line.isFirst(second)).isFalse();
        assertThat(line.before(first)).isZero();
        assertThat(line.before(third)).isEqualTo(2);
    }

    @Test
    void itsPatienceIsThatOfWhoHasTheLeast() {
        line.join(first);
        assertThat(line.shortestPatience()).isEqualTo(first.patience());
        Visit impatient = visit(7, Duration.ofSeconds(1));
        line.join(impatient);
        assertThat(line.shortestPatience()).isEqualTo(Duration.ofSeconds(1).toNanos());
        line.leave(impatient);
        assertThat(line.shortestPatience()).isEqualTo(first.patience());
    }

    @Test
    void whenTheLastOneHasLeftItIsEmpty() {
        line.join(first);
        line.join(second);
        line.leave(first);
        assertThat(line.isEmpty()).isFalse();
        assertThat(line.isFirst(second)).isTrue();
        line.leave(second);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.isFirst(second)).isFalse();
    }

    @Test
    void theFirstOneIsWokenAloneOrAllAre() {
        line.join(third);
        line.join(first);
        line.wakeFirst();
        assertThat(woken).containsExactly(1L);
        line.wakeAll();
        assertThat(woken).containsExactly(1L, 1L, 3L);
    }
}
