/* SPDX-License-Identifier: Apache-2.0 */
/** The ways in: the interceptor classes that applications and servers name, and nothing else. Knows everything below. */
package org.connectionguard.interceptor;
