/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobNamesTest {
    private final JobNames names = new JobNames();

    /** Two classes of one simple name. */
    static final class First {
        static final class Job {}
    }

    static final class Second {
        static final class Job {}
    }

    @Test
    void aJobIsCalledByClassAndMethod() {
        assertThat(names.of(First.Job.class, "gather")).isEqualTo("Job.gather");
        assertThat(names.of(First.Job.class, "clean")).isEqualTo("Job.clean");
        assertThat(names.of(First.Job.class, "gather")).isEqualTo("Job.gather");
    }

    /** As Weld names it. */
    static final class Proxied$Proxy$_$$_WeldSubclass extends Proxied {}

    /** As it was written. */
    static class Proxied {
        void gather() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void theContainersSubclassIsCalledAsTheBeanIs() throws NoSuchMethodException {
        assertThat(names.of(Proxied$Proxy$_$$_WeldSubclass.class, Proxied.class.getDeclaredMethod("gather")))
                .isEqualTo("Proxied.gather");
    }

    @Test
    void whoComesSecondWithTheSameNameIsCalledByItsPackageToo() {
        assertThat(names.of(First.Job.class, "gather")).isEqualTo("Job.gather");
        assertThat(names.of(Second.Job.class, "gather")).isEqualTo(Second.Job.class.getName() + ".gather");
        assertThat(names.of(First.Job.class, "gather")).isEqualTo("Job.gather");
    }
}
