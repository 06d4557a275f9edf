/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Makes {@link OwnPoolsResource} reachable. */
@ApplicationPath("")
public class OwnPoolsApplication extends Application {}
