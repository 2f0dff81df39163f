package org.proxyless.search.space;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Shape;

/** The search spaces that ship, and those in files of the user. */
public final class SearchSpaces {
  /** The greatest factor by which a space may be widened. */
  public static final double MAX_WIDTH = Width.MAX_FACTOR;

  private static final List<String> NAMES =
      List.of(
          "small",
          "proxyless-cifar",
          "proxyless-mobile",
          "proxyless-imagenet",
          "nasbench-macro",
          "mobilenet-v3",
          "mobilenet-v3-relu",
          "darts",
          "nas-bench-201",
          "enas-micro",
          "nasnet",
          "amoebanet");
  private static final String SUFFIX = ".yaml";

  private SearchSpaces() {}

  /** The spaces that ship, the smallest first. */
  public static List<String> names() {
    return NAMES;
  }

  /** One line about a space. */
  public static String description(String fileOrName) {
    return read(fileOrName).description();
  }

  /**
   * Lays out a space.
   *
   * @param fileOrName one of {@link #names}, or a path that ends in {@code .yaml} or {@code .yml}
   * @param widthFactor scales all channels but the image's and the classes, see {@link Width}
   * @param input the shape of one image, or null for the space's own
   * @param classes or null for the space's own number
   * @throws InvalidInputException if there is no such space, or it is not well formed
   */
  public static SearchSpace load(
      String fileOrName, double widthFactor, Shape input, Integer classes) {
    return build(fileOrName, name(fileOrName), read(fileOrName), widthFactor, input, classes);
  }

  /** Lays out what a file says. */
  static SearchSpace build(
      String fileOrName,
      String name,
      SpaceFile file,
      double widthFactor,
      Shape input,
      Integer classes) {
    SpaceFile.Size size = file.input();
    Shape image = input == null ? new Shape(size.height(), size.width(), size.channels()) : input;
    Width width = new Width(widthFactor);
    int logits = classes == null ? file.classes() : classes;
    try {
      if (file.cells() == null) {
        return new SpaceBuilder(fileOrName, file, width, image).build(name, logits);
      }
      return switch (file.cells().form()) {
        case DARTS -> new CellBuilder(file, width).build(name, image, logits);
        case NASNET, ENAS -> new NodeCells(file, width).build(name, image, logits);
        case NAS_BENCH_201 -> new BenchCells(file, width).build(name, image, logits);
      };
    } catch (IllegalArgumentException e) { // a rule of an operator, a cell, a block or the graph
      throw new InvalidInputException(fileOrName + ": " + e.getMessage() + ".", e);
    }
  }

  /** What a space is called: the file's name without its ending. */
  private static String name(String fileOrName) {
    String last = Path.of(fileOrName).getFileName().toString();
    return isFile(fileOrName) ? last.substring(0, last.lastIndexOf('.')) : last;
  }

  private static boolean isFile(String fileOrName) {
    return fileOrName.endsWith(SUFFIX) || fileOrName.endsWith(".yml");
  }

  private static SpaceFile read(String fileOrName) {
    return StrictYaml.read(fileOrName, bytes(fileOrName), SpaceFile.class);
  }

  private static byte[] bytes(String fileOrName) {
    try {
      if (isFile(fileOrName)) {
        return Files.readAllBytes(existing(fileOrName));
      }
      if (!NAMES.contains(fileOrName)) {
        throw new InvalidInputException(
            "--space '"
                + fileOrName
                + "' is neither one of "
                + String.join(", ", NAMES)
                + " nor a file that ends in .yaml.");
      }
      try (InputStream in =
          SearchSpaces.class.getResourceAsStream("/spaces/" + fileOrName + SUFFIX)) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read space " + fileOrName, e);
    }
  }

  private static Path existing(String file) {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new InvalidInputException("--space '" + file + "': there is no such readable file.");
    }
    return path;
  }
}
