package org.proxyless.search.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A report read by a strict parser: the pages are XML as well as HTML. */
public record ReportPage(Document document) {
  /** Fails where the page is not well-formed. */
  public static ReportPage of(String html) throws IOException {
    try {
      return new ReportPage(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(html))));
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("not well-formed", e);
    }
  }

  /** The data of a run. */
  public JsonNode run(int index) throws IOException {
    return data().get("runs").get(index);
  }

  JsonNode data() throws IOException {
    var scripts = document.getElementsByTagName("script");
    for (int i = 0; i < scripts.getLength(); i++) {
      Element script = (Element) scripts.item(i);
      if (script.getAttribute("id").equals("data")) {
        return new ObjectMapper().readTree(script.getTextContent());
      }
    }
    throw new IOException("the page has no data");
  }

  String title() {
    return document.getElementsByTagName("title").item(0).getTextContent();
  }
}
