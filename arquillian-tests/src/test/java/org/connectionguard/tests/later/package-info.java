/* SPDX-License-Identifier: Apache-2.0 */
/** No run is lost: what was put off for want of a database is made up, once. */
package org.connectionguard.tests.later;
