/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

/**
 * The words of one finding of the doctor. Immutable.
 *
 * @param id the finding's id
 * @param what what was found
 * @param why what it does to a scheduled job
 * @param remedy what mends it, as it is to be typed
 */
public record Diagnosis(String id, String what, String why, String remedy) {}
