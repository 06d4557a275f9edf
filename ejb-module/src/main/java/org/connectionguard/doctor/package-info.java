/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is wrong with the data sources of guarded jobs and of the timer service: facts are read from the server and from
 * WildFly's management, and rules, which need neither, make findings of them. Knows {@code engine} for its targets, and
 * what lies below it.
 */
package org.connectionguard.doctor;
