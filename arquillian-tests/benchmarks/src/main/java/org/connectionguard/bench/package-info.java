/* SPDX-License-Identifier: Apache-2.0 */
/** {@code mvn -Pbench}: starts the servers, asks the questions, writes the report. */
package org.connectionguard.bench;
