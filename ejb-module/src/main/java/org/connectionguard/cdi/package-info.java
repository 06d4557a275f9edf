/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The extension, and the guard and the doctor as beans: reads the settings, binds, checks, and starts and ends the rest with
 * the deployment. Knows everything but the interceptors.
 */
package org.connectionguard.cdi;
