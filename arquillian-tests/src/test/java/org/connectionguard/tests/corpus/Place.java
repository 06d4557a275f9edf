/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

/** In which part of an application something stands; which archive that is depends on its {@link Packaging}. */
enum Place {
    /** With the timers. */
    TIMERS,

    /** In the module beside, where there is one; else with the timers. */
    BESIDE,

    /** In a library of the application, where its packaging has libraries; else with the timers. */
    LIBRARY
}
