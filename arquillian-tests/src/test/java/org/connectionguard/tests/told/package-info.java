/* SPDX-License-Identifier: Apache-2.0 */
/** An application whose jobs end in every way, and which says what it hears of that. It runs also where there are no enterprise beans. */
package org.connectionguard.tests.told;
