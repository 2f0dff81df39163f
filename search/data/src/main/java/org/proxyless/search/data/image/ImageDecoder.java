package org.proxyless.search.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes image files through ImageIO. Several readers may know a format: Java's own comes first,
 * and what it refuses (JPEG in CMYK, say) the others try. So few pixels are in work at a time,
 * whatever the number of threads, that a small heap is enough.
 */
public final class ImageDecoder {
  /** Larger images are read with every second, third, ... pixel in both directions. */
  static final long MOST_PIXELS = 1L << 24;

  /** For messages. */
  private static final String FORMATS = "JPEG, PNG, WebP, BMP, GIF or TIFF";

  private static final int PIXELS_A_PERMIT = 1 << 10;
  private static final int PERMITS = (int) (MOST_PIXELS / PIXELS_A_PERMIT);

  /** Fair, or large images would wait for ever beside many small ones. */
  private static final Semaphore IN_WORK = new Semaphore(PERMITS, true);

  private ImageDecoder() {}

  /**
   * Decodes an image and uses it. Only what {@code use} returns should be kept: the image's memory
   * is counted until then.
   *
   * @param encoded a whole file; of a GIF or TIFF the first image is taken
   * @throws IOException if it is no image, or not one that can be read
   */
  public static <T> T decode(byte[] encoded, Function<DecodedImage, T> use) throws IOException {
    IOException refused = null;
    for (ImageReader reader : readers(encoded)) {
      try {
        return read(reader, encoded, use);
      } catch (UseFailedException e) {
        throw e.failure;
      } catch (IOException | RuntimeException e) {
        // The decoders answer some damaged files with exceptions of their arithmetic.
        refused = refused == null ? new IOException(oneLine(e), e) : refused;
      } finally {
        reader.dispose();
      }
    }
    throw refused == null ? new IOException("it is no " + FORMATS) : refused;
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }

  /** Those that know the format, Java's own first. */
  private static List<ImageReader> readers(byte[] encoded) throws IOException {
    List<ImageReader> readers = new ArrayList<>();
    try (ImageInputStream in = stream(encoded)) {
      Iterator<ImageReader> all = ImageIO.getImageReaders(in);
      while (all.hasNext()) {
        ImageReader reader = all.next();
        if (!reader.getClass().getSimpleName().startsWith("WBMP")) { // takes any zeros for one
          readers.add(reader);
        }
      }
    }
    readers.sort(
        Comparator.comparing(reader -> !reader.getClass().getName().startsWith("com.sun.")));
    return readers;
  }

  private static ImageInputStream stream(byte[] encoded) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded));
  }

  private static <T> T read(ImageReader reader, byte[] encoded, Function<DecodedImage, T> use)
      throws IOException {
    try (ImageInputStream in = stream(encoded)) {
      boolean[] damaged = new boolean[1];
      reader.addIIOReadWarningListener((source, warning) -> damaged[0] |= isOfDamage(warning));
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      int permits = (int) Math.min(PERMITS, 1 + pixels / PIXELS_A_PERMIT);
      IN_WORK.acquireUninterruptibly(permits);
      try {
        BufferedImage read = reader.read(0, reduced(reader, pixels));
        checkSamples(read);
        DecodedImage image = DecodedImage.of(read);
        return used(use, damaged[0] ? image.asDamaged() : image);
      } catch (OutOfMemoryError e) {
        throw new IOException(
            "its %,d x %,d pixels don't fit into memory"
                .formatted(reader.getWidth(0), reader.getHeight(0)),
            e);
      } finally {
        IN_WORK.release(permits);
      }
    }
  }

  /** Whether the decoder had to make up pixels: it fills what is missing with grey and goes on. */
  private static boolean isOfDamage(String warning) {
    return warning.startsWith("Truncated File")
        || warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous");
  }

  private static void checkSamples(BufferedImage image) throws IOException {
    int samples = image.getRaster().getDataBuffer().getDataType();
    if (samples == DataBuffer.TYPE_FLOAT || samples == DataBuffer.TYPE_DOUBLE) {
      throw new IOException("its pixels are floating-point numbers; they must be of 8 or 16 bits");
    }
  }

  private static ImageReadParam reduced(ImageReader reader, long pixels) {
    ImageReadParam settings = reader.getDefaultReadParam();
    int step = (int) Math.ceil(Math.sqrt((double) pixels / MOST_PIXELS));
    if (step > 1) {
      settings.setSourceSubsampling(step, step, 0, 0);
    }
    return settings;
  }

  /** What the caller does wrong with an image is no reason to try another reader. */
  private static <T> T used(Function<DecodedImage, T> use, DecodedImage image) {
    try {
      return use.apply(image);
    } catch (RuntimeException e) {
      throw new UseFailedException(e);
    }
  }

  private static final class UseFailedException extends RuntimeException {
    private final RuntimeException failure;

    UseFailedException(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
