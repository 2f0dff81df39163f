package org.proxyless.search.sweep.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The classes that executors need, as a file that Spark sends them. */
final class ClassesJar {
  private ClassesJar() {}

  /** This module's jar; made of its folder of classes where it was only compiled. */
  static Path ofThisModule() {
    try {
      Path classes =
          Path.of(CellTask.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isDirectory(classes) ? packed(classes) : classes;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the module's classes are nowhere", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pack the module's classes", e);
    }
  }

  private static Path packed(Path classes) throws IOException {
    Path jar = Files.createTempFile("proxyless-sweep", ".jar");
    jar.toFile().deleteOnExit();
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
