/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.Map;

/**
 * One of the scripts in {@code server-config/wildfly}, with its parameters. The scripts that users run are the scripts
 * that run here; only the parameters are put in beforehand, so that many can run in one start of the CLI.
 */
public record CliScript(String name, Map<String, String> parameters) {
    /** The script's lines, ready for the CLI. */
    String text() {
        return new Template("wildfly/" + name, parameters).text();
    }
}
