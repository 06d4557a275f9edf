/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

/**
 * A data source that a method uses. Immutable.
 *
 * @param name JNDI name, as the application names it
 * @param found how it was found, for the report
 * @param forGuard whether it was named for the guard, by the annotation or a setting; else it is what the application uses
 */
public record Source(String name, String found, boolean forGuard) {}
