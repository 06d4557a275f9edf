/* SPDX-License-Identifier: Apache-2.0 */
/** The application whose data sources the doctor examines. */
package org.connectionguard.tests.examined;
