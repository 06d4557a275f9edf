/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What database products mean by their exceptions, how each is asked whether it accepts writes, and what its server says of
 * itself. One small class per product; pure JDBC; of other packages it knows {@code message} only.
 */
package org.connectionguard.database;
