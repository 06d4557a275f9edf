/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.util.List;

/**
 * What can be said of a method's guard before its first call. Immutable.
 *
 * @param open JNDI names that belong to another component: only the first call can tell what they lead to
 * @param missing JNDI names to which nothing is bound yet: its runs wait for them
 * @param gaps what it will not be guarded for, and why: each a sentence
 * @param switchedOff whether the guard is, for all of its data sources
 */
public record Outlook(List<String> open, List<String> missing, List<String> gaps, boolean switchedOff) {
    /** Its plan is made: it is guarded for all that it uses. */
    public static final Outlook PROVEN = new Outlook(List.of(), List.of(), List.of(), false);
}
