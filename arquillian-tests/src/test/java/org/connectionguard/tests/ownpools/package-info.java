/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An application that makes its pools itself: one by {@code @DataSourceDefinition}, one that it binds to a name when it begins, one
 * that a CDI producer makes, and one that comes when somebody says so.
 */
package org.connectionguard.tests.ownpools;
