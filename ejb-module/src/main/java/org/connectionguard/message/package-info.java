/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Every sentence that the guard logs or throws, each with an id that is never used again. Knows no other package.
 */
package org.connectionguard.message;
