/* SPDX-License-Identifier: Apache-2.0 */
/** The application that runs on both servers of the cluster. */
package org.connectionguard.tests.cluster.app;
