/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.Packaging.*;

import java.util.List;

/** The fixed part of the corpus. Stateless. */
final class Shapes {
    private Shapes() {}

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
            new Shape(
                    "Lookup",
                    "`@Resource(lookup)` of the timer's bean",
                    WAR,
                    job(TimerKind.SCHEDULE, Delegation.NONE, Access.LOOKUP)),
            new Shape(
                    "Unit",
                    "`@PersistenceContext(unitName)` of the timer's bean",
                    WAR,
                    job(TimerKind.SCHEDULE, Delegation.NONE, Access.UNIT)),
            new Shape(
                    "EjbJarAlone", "an EJB jar alone", EJB_JAR, job(TimerKind.SCHEDULE, Delegation.NONE, Access.UNIT)),
            new Shape(
                    "EarEjbByEjb",
                    "an EAR with an EJB jar; `@EJB`",
                    EAR_WITH_EJB_JAR,
                    job(TimerKind.SCHEDULE, Delegation.EJB, Access.UNIT)));

    private static Part job(TimerKind timer, Delegation delegation, Access access) {
        return delegation.job(timer, access, Place.TIMERS);
    }
}
