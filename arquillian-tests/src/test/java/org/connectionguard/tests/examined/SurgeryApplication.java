/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Makes {@link Surgery} reachable. */
@ApplicationPath("surgery")
public class SurgeryApplication extends Application {}
