package org.proxyless.search.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.PixelScaler;

/**
 * A JPEG, PNG, WebP, BMP, GIF or TIFF file, decoded. Transparency is dropped; a rotation noted in
 * the file's metadata is not applied. Of more than 16.7 million pixels only every second, third,
 * ... in both directions is there.
 *
 * @param shape its own, with 1 channel when the file is grey, else 3
 * @param pixels unsigned bytes as [height, width, channels]
 * @param damaged whether the decoder had to make up some of them, as where the end is missing
 */
public record DecodedImage(Shape shape, byte[] pixels, boolean damaged) {
  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff");

  /** The names that are taken for images, for messages. */
  public static final String NAME_PATTERNS =
      ENDINGS.stream().map(ending -> "*" + ending).collect(Collectors.joining(", "));

  /** Unless asked otherwise images have the size of the first one, up to this side, in colour. */
  private static final int LARGEST_NATURAL_SIDE = 224;

  private static final int COLOURS = 3;

  /** The shape of images for which none is asked for: that of the first, within bounds. */
  public static Shape naturalShape(EncodedImages images) {
    Shape first = images.decode(0, DecodedImage::shape);
    return new Shape(
        Math.min(LARGEST_NATURAL_SIDE, first.height()),
        Math.min(LARGEST_NATURAL_SIDE, first.width()),
        COLOURS);
  }

  /** Whether a file of this name is taken for an image. */
  public static boolean isNamedLikeImage(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return !lower.startsWith(".") && ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /**
   * Decodes a file.
   *
   * @throws InvalidInputException if it cannot be read or is no image
   */
  public static DecodedImage read(Path file) {
    return read(file, image -> image);
  }

  /**
   * Decodes a file and uses the image, whose memory is counted until then.
   *
   * @throws InvalidInputException if it cannot be read or is no image
   */
  public static <T> T read(Path file, Function<DecodedImage, T> use) {
    try {
      return ImageDecoder.decode(Files.readAllBytes(file), use);
    } catch (IOException e) {
      throw new InvalidInputException(
          "image %s cannot be read: %s. Replace or remove it."
              .formatted(display(file), e.getMessage()),
          e);
    }
  }

  /** The path, with the zip file in which it lies, if it does. */
  public static String display(Path file) {
    FileSystem container = file.getFileSystem();
    return container == FileSystems.getDefault() ? file.toString() : container + "!" + file;
  }

  /** The pixels of a whole image. */
  static DecodedImage of(BufferedImage image) {
    return isGrey(image.getColorModel()) ? grey(image.getRaster()) : colour(image);
  }

  /** The same, known to be damaged. */
  DecodedImage asDamaged() {
    return new DecodedImage(shape, pixels, true);
  }

  private static boolean isGrey(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel);
  }

  /** Takes the samples as they are: Java's own conversion would treat them as linear light. */
  private static DecodedImage grey(Raster raster) {
    Shape shape = new Shape(raster.getHeight(), raster.getWidth(), 1);
    byte[] pixels = new byte[(int) shape.elements()];
    int excessBits = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
    int[] row = new int[shape.width()];
    int at = 0;
    for (int y = 0; y < shape.height(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int sample : row) {
        pixels[at++] = (byte) (excessBits > 0 ? sample >>> excessBits : sample);
      }
    }
    return new DecodedImage(shape, pixels, false);
  }

  private static DecodedImage colour(BufferedImage image) {
    Shape shape = new Shape(image.getHeight(), image.getWidth(), 3);
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return new DecodedImage(shape, reversed(image.getRaster()), false);
    }
    byte[] pixels = new byte[(int) shape.elements()];
    int[] row = new int[shape.width()];
    int at = 0;
    for (int y = 0; y < shape.height(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        pixels[at++] = (byte) (argb >> 16);
        pixels[at++] = (byte) (argb >> 8);
        pixels[at++] = (byte) argb;
      }
    }
    return new DecodedImage(shape, pixels, false);
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
