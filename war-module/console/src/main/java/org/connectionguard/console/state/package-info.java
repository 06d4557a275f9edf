/* SPDX-License-Identifier: Apache-2.0 */
/** What the guards of this server's deployments tell by JMX, as values. Knows the platform's MBeans and nothing else of ours. */
package org.connectionguard.console.state;
