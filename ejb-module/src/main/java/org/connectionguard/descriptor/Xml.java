/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads deployment descriptors of any namespace; never anything that they refer to. Stateless. */
final class Xml {
    private Xml() {}

    static Element read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        // A cached JarFile would keep the archive open after undeployment.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The elements of this name below the parent, however deep. */
    static Stream<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    /** The text of the first child of this name. */
    static Optional<String> text(Element parent, String name) {
        return elements(parent, name)
                .filter(element -> element.getParentNode() == parent)
                .map(Element::getTextContent)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
