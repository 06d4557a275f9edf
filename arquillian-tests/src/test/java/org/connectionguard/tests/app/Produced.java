/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The EntityManager that {@link EntityManagerProducer} makes. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface Produced {}
