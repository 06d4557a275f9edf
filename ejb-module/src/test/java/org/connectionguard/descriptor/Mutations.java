/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes of a valid document one that nobody wanted: by accident, or to harm who reads it. For one thread.
 *
 * @param random what is done, and where
 * @param outside an address that nobody may ask for
 */
record Mutations(RandomGenerator random, String outside) {
    private static final List<String> ENCODINGS =
            List.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "windows-1252", "IBM037", "US-ASCII");

    private static final List<String> ODD = List.of(
            "<",
            ">",
            "&",
            "&amp;",
            "&nothing;",
            "&#0;",
            "&#xFFFFFFFF;",
            "]]>",
            "<![CDATA[",
            "<!--",
            "--",
            "-->",
            "<?",
            "?>",
            "\"",
            "'",
            "\0",
            "\uFFFE",
            "\uD800",
            "xmlns=\"\"",
            "xmlns:a=\"\"",
            "a:b",
            "<!DOCTYPE a>",
            "<session>",
            "</session>",
            "<timer/>",
            "<?xml version=\"1.1\"?>",
            "name=\"a\" name=\"a\"");

    /** The document after one to three accidents. */
    byte[] of(String document) {
        if (random.nextInt(20) == 0) {
            return bytes(random.nextInt(2000));
        }
        String text = document;
        for (int more = random.nextInt(3); more >= 0; more--) {
            text = random.nextInt(12) == 0 ? attack(text) : accident(text);
        }
        byte[] encoded = text.getBytes(random.nextInt(6) == 0 ? encoding() : StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? damaged(encoded) : encoded;
    }

    private String accident(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(60));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> text.substring(from);
            case 4 ->
                text.replaceFirst("(?s)^(<\\?xml.*?\\?>)?", "<?xml version=\"1.0\" encoding=\"" + encoding() + "\"?>");
            default -> insert(text, ODD.get(random.nextInt(ODD.size())));
        };
    }

    private String attack(String text) {
        int much = 1 << random.nextInt(18);
        return switch (random.nextInt(10)) {
            case 0 -> inside(text, "<a>".repeat(much) + "</a>".repeat(much));
            case 1 -> inside(text, "<a>".repeat(much));
            case 2 -> inside(text, "<a b=\"" + "x".repeat(much * 8) + "\"/>");
            case 3 -> inside(text, "<a " + numbered(Math.min(much, 20_000), "a%d=\"\" ") + "/>");
            case 4 -> inside(text, "<" + "n".repeat(much) + "/>");
            case 5 -> inside(text, "<session>".repeat(Math.min(much, 90)) + "<timer/>".repeat(much));
            case 6 ->
                declaring(
                        text,
                        "<!ENTITY e0 \"laugh\">"
                                + numbered(1 + random.nextInt(30), "<!ENTITY e%2$d \"" + "&e%1$d;".repeat(10) + "\">"));
            case 7 ->
                declaring(
                        text,
                        "<!ENTITY e1 \"" + "x".repeat(much * 4) + "\"><!ENTITY e3 \"" + "&e1;".repeat(much) + "\">");
            case 8 ->
                declaring(text, "<!ENTITY e1 SYSTEM \"" + outside + "\"><!ENTITY % p SYSTEM \"" + outside + "\"> %p;");
            default ->
                declaring(
                        text,
                        "<!ELEMENT a " + "(".repeat(much) + "b" + ")".repeat(much) + "><!ENTITY % r \"%r;\"> %r;");
        };
    }

    /** The pattern is given each number, and the next one. */
    private static String numbered(int count, String pattern) {
        return IntStream.range(0, count)
                .mapToObj(i -> pattern.formatted(i, i + 1))
                .collect(Collectors.joining());
    }

    /** Behind some start tag, so that it is well-formed if it is by itself. */
    private String inside(String text, String what) {
        List<Integer> places = IntStream.range(1, text.length())
                .filter(i -> text.charAt(i - 1) == '>')
                .boxed()
                .toList();
        int place = places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
        return text.substring(0, place) + what + text.substring(place);
    }

    private String declaring(String text, String declarations) {
        String root = text.contains("<persistence") ? "persistence" : "ejb-jar";
        String body = text.replaceFirst("(?s)<!DOCTYPE[^>]*>", "").replaceFirst("(?s)^<\\?xml.*?\\?>", "");
        return "<!DOCTYPE " + root + " SYSTEM \"" + outside + "\" [" + declarations + "]>"
                + inside(body, "&e1;&e3;&e9;&e30;");
    }

    private String insert(String text, String what) {
        int place = random.nextInt(text.length() + 1);
        return text.substring(0, place) + what + text.substring(place);
    }

    private byte[] damaged(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int every = 1 + random.nextInt(200);
        for (byte each : bytes) {
            switch (random.nextInt(every * 4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(each ^ 1 << random.nextInt(8));
                case 2 -> out.writeBytes(bytes(2));
                default -> out.write(each);
            }
        }
        return out.toByteArray();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Charset encoding() {
        return Charset.forName(ENCODINGS.get(random.nextInt(ENCODINGS.size())));
    }
}
