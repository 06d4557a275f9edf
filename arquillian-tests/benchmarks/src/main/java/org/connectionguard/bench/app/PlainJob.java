/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;

/** A job that trusts its pool. */
@Stateless
public class PlainJob extends Job {}
