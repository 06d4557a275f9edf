/* SPDX-License-Identifier: Apache-2.0 */
/** Tests in the container. {@code app} is the application that they deploy, {@code server} is what it runs on. */
package org.connectionguard.tests;
