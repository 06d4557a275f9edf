/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Each run of the method goes into the {@link RunHistory}, whether it starts, fails or succeeds. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Recorded {}
