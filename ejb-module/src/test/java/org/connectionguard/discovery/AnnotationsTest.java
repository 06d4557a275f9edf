/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnotationsTest {
    static class Job {}

    static class Job$$Generated extends Job {}

    static class Cash$$Flow {}

    @Test
    void ofAGeneratedClassTheOneIsMeantThatWasWritten() {
        assertThat(Annotations.written(Job$$Generated.class)).isEqualTo(Job.class);
        assertThat(Annotations.written(Job.class)).isEqualTo(Job.class);
    }

    @Test
    void aClassWhoseAuthorGaveItAGeneratedNameIsItself() {
        assertThat(Annotations.written(Cash$$Flow.class)).isEqualTo(Cash$$Flow.class);
        assertThat(Annotations.written(Odd$$Contract.class)).isEqualTo(Odd$$Contract.class);
    }

    interface Odd$$Contract {}
}
