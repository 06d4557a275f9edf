/* SPDX-License-Identifier: Apache-2.0 */
/** One class for each question that the report answers. */
package org.connectionguard.bench.question;
