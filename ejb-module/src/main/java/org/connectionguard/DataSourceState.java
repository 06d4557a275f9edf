/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/** What the guard thinks of a data source. */
public enum DataSourceState {
    /** The last connection asked was fit; or none was asked yet. */
    HEALTHY,
    /** The last one was not, or a body lost one; its siblings were swept. */
    SUSPECT,
    /** No connection can be had; one prober asks, with backoff. */
    UNAVAILABLE,
    /** The first fit one after UNAVAILABLE. */
    BACK
}
