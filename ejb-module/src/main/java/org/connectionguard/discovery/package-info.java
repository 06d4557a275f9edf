/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which data sources does a method use, and can its annotation work where it stands? A class is read once, at
 * deployment where CDI shows it, else at the first call; names are looked up again while it runs. Knows {@code engine} and what lies below it.
 */
package org.connectionguard.discovery;
