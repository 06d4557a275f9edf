/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A defect tracker in small. {@link org.connectionguard.sample.DefectTrendJob} is the guarded timer,
 * {@link org.connectionguard.sample.UnguardedDefectTrendJob} the same without the annotation; the rest shows what became of
 * their runs.
 */
package org.connectionguard.sample;
