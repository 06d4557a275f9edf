/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is wrong with the data sources of guarded jobs and of the timer service: facts are read from the database's server, from
 * WildFly's management and from the pools themselves, and rules, which need none of these, make findings of them. Knows {@code engine} for its targets, and
 * what lies below it.
 */
package org.connectionguard.doctor;
