/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which data sources does a method use, and can its annotation work where it stands? Looked at once per method: at
 * deployment where CDI shows the class, else at the first call. Knows {@code engine} and what lies below it.
 */
package org.connectionguard.discovery;
