/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

/** Which annotations the applications of this server can have: of the others there are no classes, and naming one is an error. */
final class Api {
    static final boolean ENTERPRISE_BEANS = isThere("jakarta.ejb.EJB");
    static final boolean PERSISTENCE = isThere("jakarta.persistence.PersistenceContext");

    private Api() {}

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Api.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
