package org.proxyless.search.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/**
 * A JPEG or PNG file, decoded. Transparency is dropped; a rotation noted in the file's metadata is
 * not applied.
 *
 * @param shape its own, with 1 channel when the file is grey, else 3
 * @param pixels unsigned bytes as [height, width, channels]
 */
public record DecodedImage(Shape shape, byte[] pixels) {
  /** The names that are taken for images, for messages. */
  static final String NAME_PATTERNS = "*.jpg, *.jpeg, *.png";

  /** Whether a file of this name is taken for an image. */
  static boolean isNamedLikeImage(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return !lower.startsWith(".")
        && (lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png"));
  }

  /**
   * Decodes a file.
   *
   * @throws InvalidInputException if it cannot be read, is truncated or is no image
   */
  public static DecodedImage read(Path file) {
    try {
      return decode(Files.readAllBytes(file));
    } catch (IOException | RuntimeException e) {
      // The decoders answer some damaged files with exceptions of their arithmetic.
      throw new InvalidInputException(
          "image %s cannot be read: %s. Replace or remove it.".formatted(display(file), oneLine(e)),
          e);
    }
  }

  /** The path, with the zip file in which it lies, if it does. */
  private static String display(Path file) {
    FileSystem container = file.getFileSystem();
    return container == FileSystems.getDefault() ? file.toString() : container + "!" + file;
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }

  private static DecodedImage decode(byte[] encoded) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is no JPEG or PNG");
      }
      ImageReader reader = readers.next();
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, true, true);
        DecodedImage image = of(reader.read(0));
        // The JPEG decoder fills what is missing with grey and goes on.
        if (warnings.stream().anyMatch(warning -> warning.startsWith("Truncated File"))) {
          throw new IOException("it is truncated");
        }
        return image;
      } finally {
        reader.dispose();
      }
    }
  }

  private static DecodedImage of(BufferedImage image) {
    return isGrey(image.getColorModel()) ? grey(image.getRaster()) : colour(image);
  }

  private static boolean isGrey(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel);
  }

  /** Takes the samples as they are: Java's own conversion would treat them as linear light. */
  private static DecodedImage grey(Raster raster) {
    Shape shape = new Shape(raster.getHeight(), raster.getWidth(), 1);
    int[] samples =
        raster.getSamples(
            raster.getMinX(), raster.getMinY(), shape.width(), shape.height(), 0, (int[]) null);
    int excessBits = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
    byte[] pixels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      pixels[i] = (byte) (excessBits > 0 ? samples[i] >> excessBits : samples[i]);
    }
    return new DecodedImage(shape, pixels);
  }

  private static DecodedImage colour(BufferedImage image) {
    Shape shape = new Shape(image.getHeight(), image.getWidth(), 3);
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return new DecodedImage(shape, reversed(image.getRaster()));
    }
    int[] argb = image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
    byte[] pixels = new byte[argb.length * 3];
    for (int i = 0; i < argb.length; i++) {
      pixels[3 * i] = (byte) (argb[i] >> 16);
      pixels[3 * i + 1] = (byte) (argb[i] >> 8);
      pixels[3 * i + 2] = (byte) argb[i];
    }
    return new DecodedImage(shape, pixels);
  }

  /** Blue, green, red becomes red, green, blue: what getRGB does, in a third of the time. */
  private static byte[] reversed(Raster bgr) {
    byte[] from = ((DataBufferByte) bgr.getDataBuffer()).getData();
    byte[] pixels = new byte[from.length];
    for (int i = 0; i < from.length; i += 3) {
      pixels[i] = from[i + 2];
      pixels[i + 1] = from[i + 1];
      pixels[i + 2] = from[i];
    }
    return pixels;
  }

  /**
   * Scales the image as a data set's are: its largest centred part of the wanted aspect ratio.
   *
   * @param wanted height, width, and 1 or 3 channels
   * @param scaled receives unsigned bytes as [height, width, channels]
   */
  public void scaleInto(Shape wanted, byte[] scaled) {
    new PixelScaler(shape, wanted).scale(pixels, scaled);
  }
}
