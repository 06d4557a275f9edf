/* SPDX-License-Identifier: Apache-2.0 */
/** Beans that must not be deployed, one mistake each. */
package org.connectionguard.tests.badinput;
