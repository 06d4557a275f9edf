/* SPDX-License-Identifier: Apache-2.0 */
/** The settings: where they come from, what they may be. Knows only what users import, and the messages. */
package org.connectionguard.config;
