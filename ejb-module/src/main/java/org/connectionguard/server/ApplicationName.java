/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the container calls the deployment. Stateless. */
public final class ApplicationName {
    private ApplicationName() {}

    /** Jakarta EE platform, EE.5.15 and EE.5.16: the application's name, which is the module's where there is no EAR. */
    public static String lookUp() {
        return Stream.of("java:app/AppName", "java:module/ModuleName")
                .flatMap(name -> {
                    try {
                        return Stream.of(String.valueOf(InitialContext.<Object>doLookup(name)));
                    } catch (NamingException e) {
                        return Stream.empty();
                    }
                })
                .findFirst()
                .or(ApplicationName::ofContext)
                .orElse("This deployment");
    }

    /** Tomcat, and so TomEE, has no such names yet while it deploys; its class loader has the context's. */
    private static Optional<String> ofContext() {
        ClassLoader loader = ApplicationName.class.getClassLoader();
        try {
            String context =
                    String.valueOf(loader.getClass().getMethod("getContextName").invoke(loader));
            return Optional.of(context.replaceFirst("^/", ""));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
