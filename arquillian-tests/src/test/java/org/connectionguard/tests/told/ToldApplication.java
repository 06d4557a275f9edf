/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application's address. */
@ApplicationPath("/told")
public class ToldApplication extends Application {}
