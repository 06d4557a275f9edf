/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import javax.sql.DataSource;
import org.connectionguard.config.Settings;

/**
 * A data source that a method uses. Immutable.
 *
 * @param name JNDI name, as the application names it
 * @param dataSource what is behind the name; its identity is the identity of the gate
 * @param settings as configured for the name, with what the annotation says put over them
 */
public record Target(String name, DataSource dataSource, Settings settings) {}
