/* SPDX-License-Identifier: Apache-2.0 */
/** MicroProfile Health's readiness check, whose one class that knows the API is loaded where the API is. */
package org.connectionguard.observability.health;
