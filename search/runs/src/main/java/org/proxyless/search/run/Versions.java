package org.proxyless.search.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The versions that a result depends on. */
public final class Versions {
  private static final String RESOURCE = "/org/proxyless/search/versions.properties";

  private Versions() {}

  /** From the name of a part ({@code proxyless}, {@code tensorflow-java}, {@code java}). */
  public static Map<String, String> inForce() {
    Properties built = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (String part : new String[] {"proxyless", "tensorflow-java"}) {
      versions.put(part, built.getProperty(part));
    }
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
