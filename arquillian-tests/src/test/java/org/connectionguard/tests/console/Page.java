/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One page of a browser. For one thread. */
final class Page implements AutoCloseable {
    private final Browser browser;
    private final String target;
    private final String session;

    Page(Browser browser, String target, String session) {
        this.browser = browser;
        this.target = target;
        this.session = session;
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", Map.of());
        }
        viewport(1280, 900);
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return browser.send(session, method, parameters);
    }

    void open(String url) {
        send("Page.navigate", Map.of("url", url));
    }

    /** What runs in it before its own scripts, whenever it is opened. */
    void before(String script) {
        send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Whoever asks for something at such an address gets no answer, and is not told so: as behind a proxy that collects. */
    void withhold(String address) {
        send("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", address))));
    }

    /** Whoever asks is answered again. */
    void withholdNothing() {
        send("Fetch.disable", Map.of());
    }

    /** It may read what it has copied. */
    void grantClipboard() {
        browser.send(
                "",
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    void viewport(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void theme(String theme) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** What an expression of JavaScript gives. */
    JsonNode evaluate(String expression) {
        JsonNode result =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** What a reader reads of the first element that a selector finds; nothing where there is none. */
    String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asText();
    }

    String verdict() {
        return text("#verdict");
    }

    boolean has(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ") !== null")
                .asBoolean();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Presses a key, as a finger does. */
    void press(String key) {
        Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, "ArrowLeft", 37, "Home", 36);
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    key.equals("Enter") && type.equals("keyDown")
                            ? Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", 13, "text", "\r")
                            : Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", codes.get(key)));
        }
    }

    /** Presses the first button that says so, as a hand does. */
    void click(String words) {
        String button = "[...document.querySelectorAll('button')].find(one => one.innerText === " + quoted(words) + ")";
        evaluate(button + ".scrollIntoView({ block: 'center' })");
        JsonNode place = evaluate("(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(" + button
                + ".getBoundingClientRect())");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            place.get("x").asDouble(),
                            "y",
                            place.get("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    /** What axe finds to be wrong. */
    List<String> barriers() throws IOException {
        try (InputStream axe = Page.class.getResourceAsStream("/axe.min.js")) {
            evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
        }
        List<String> found = new ArrayList<>();
        evaluate("axe.run().then(result => result.violations.map(one => one.id + ': ' + one.nodes[0].html + ' '"
                        + " + one.nodes[0].failureSummary))")
                .forEach(one -> found.add(one.asText()));
        return found;
    }

    /** What went wrong in it, as its console has it. */
    List<String> errors() {
        return Stream.of(
                        browser.events(session, "Runtime.exceptionThrown").stream(),
                        browser.events(session, "Runtime.consoleAPICalled").stream()
                                .filter(event -> event.path("type").asText().equals("error")),
                        browser.events(session, "Log.entryAdded").stream()
                                .filter(event -> event.path("entry")
                                        .path("level")
                                        .asText()
                                        .equals("error")))
                .flatMap(events -> events)
                .map(JsonNode::toString)
                .toList();
    }

    /** Whom it asked for something. */
    List<String> hosts() {
        return browser.events(session, "Network.requestWillBeSent").stream()
                .map(event -> URI.create(event.path("request").path("url").asText()))
                .filter(uri -> uri.getScheme().startsWith("http"))
                .map(uri -> uri.getHost() + ":" + uri.getPort())
                .distinct()
                .toList();
    }

    /** A browser has six connections to a server, and each page holds one. */
    @Override
    public void close() {
        browser.send("", "Target.closeTarget", Map.of("targetId", target));
    }
}
