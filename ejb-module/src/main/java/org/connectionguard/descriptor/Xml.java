/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads deployment descriptors of any namespace, or with a DTD as those of J2EE; never anything that they refer to. Stateless.
 */
final class Xml {
    private static final String LIMITS = "http://www.oracle.com/xml/jaxp/properties/";

    private Xml() {}

    static Element read(InputStream in) throws IOException {
        try {
            return parser().parse(in).getDocumentElement();
        } catch (SAXParseException e) {
            throw new IOException("line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (ParserConfigurationException | SAXException | RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        // The JDK's own: an application may bring any, and of any age.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        // Else a document is still being made when several threads read it.
        factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
        // Depth is stack to whoever walks through the document; entities are memory.
        factory.setAttribute(LIMITS + "maxElementDepth", "100");
        factory.setAttribute(LIMITS + "entityExpansionLimit", "1000");
        factory.setAttribute(LIMITS + "totalEntitySizeLimit", "100000");
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        // The parser's own handler prints to the server's standard error.
        builder.setErrorHandler(new DefaultHandler());
        return builder;
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
