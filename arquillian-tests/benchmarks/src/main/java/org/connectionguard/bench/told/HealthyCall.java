/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.told;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** A container's call of a job whose body does nothing, one after the other. For one thread. */
final class HealthyCall implements InvocationContext {
    private final ToldDeployment deployment;
    private final Map<String, Object> data = new HashMap<>();

    HealthyCall(ToldDeployment deployment) {
        this.deployment = deployment;
    }

    @Override
    public Object proceed() {
        deployment.validated();
        return data;
    }

    @Override
    public Map<String, Object> getContextData() {
        return data;
    }

    @Override
    public Object getTarget() {
        throw notAsked();
    }

    /** None: the application calls it itself. */
    @Override
    public Object getTimer() {
        return null;
    }

    @Override
    public Method getMethod() {
        throw notAsked();
    }

    @Override
    public Constructor<?> getConstructor() {
        throw notAsked();
    }

    @Override
    public Object[] getParameters() {
        throw notAsked();
    }

    @Override
    public void setParameters(Object[] parameters) {
        throw notAsked();
    }

    private static RuntimeException notAsked() {
        return new UnsupportedOperationException("To tell of a run, nobody needs it");
    }
}
