/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application's address. */
@ApplicationPath("/nights")
public class NightsApplication extends Application {}
