/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

/**
 * Where a pool of WildFly's is configured, and so what is to be typed where to change it. Attributes are named as WildFly's
 * management names them. Immutable.
 */
public sealed interface PoolPlace permits ServerConfiguration, DeployedDescriptor {
    /** What an attribute shall be. */
    record Attribute(String name, String value) {}

    /** How these attributes, at least one, are set. */
    String set(Attribute... attributes);

    /** How an option that the pool does not yet give to its driver is added. */
    String addOption(String option, String value);

    /** How an option that the pool gives to its driver is changed. */
    String changeOption(String option, String value);
}
