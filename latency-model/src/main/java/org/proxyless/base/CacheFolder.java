package org.proxyless.base;

import java.nio.file.Path;

/** Where the program keeps what it can make again: in the user's home, or where they say. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * A folder of the program, not necessarily there: in {@code XDG_CACHE_HOME} or the home's {@code
   * .cache}.
   *
   * @param name of what is kept
   */
  public static Path of(String name) {
    String asked = System.getenv("XDG_CACHE_HOME");
    Path home =
        asked == null || asked.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(asked);
    return home.resolve("proxyless").resolve(name);
  }
}
