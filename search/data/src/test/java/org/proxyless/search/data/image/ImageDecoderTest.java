package org.proxyless.search.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.network.Shape;
import org.proxyless.search.data.ImageFiles;

class ImageDecoderTest {
  private static final String LOSSY_WEBP =
      "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
  private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

  private static DecodedImage decode(byte[] encoded) throws IOException {
    return ImageDecoder.decode(encoded, image -> image);
  }

  /** A gradient that JPEG hardly changes. */
  private static BufferedImage picture(int type) {
    BufferedImage image = new BufferedImage(40, 24, type);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, 5 * x << 16 | 9 * y << 8 | 0x40);
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({"bmp, 0", "tiff, 0", "png, 0", "jpg, 12"})
  void formatsAreToldByTheirContent(String format, int tolerance) throws IOException {
    BufferedImage picture = picture(BufferedImage.TYPE_3BYTE_BGR);
    DecodedImage image = decode(ImageFiles.encoded(format, picture));
    assertThat(image.shape()).isEqualTo(new Shape(24, 40, 3));
    for (int at : new int[] {0, 3 * 17, 3 * (23 * 40 + 39)}) {
      int x = at / 3 % 40;
      int y = at / 3 / 40;
      assertThat(Byte.toUnsignedInt(image.pixels()[at]))
          .isBetween(5 * x - tolerance, 5 * x + tolerance);
      assertThat(Byte.toUnsignedInt(image.pixels()[at + 1]))
          .isBetween(9 * y - tolerance, 9 * y + tolerance);
    }
  }

  @Test
  void ofAGifTheFirstImageIsTaken() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int rgb : new int[] {0xff0000, 0x0000ff}) {
        BufferedImage frame = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        frame.setRGB(0, 0, 3, 2, new int[] {rgb, rgb, rgb, rgb, rgb, rgb}, 0, 3);
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    DecodedImage image = decode(bytes.toByteArray());
    assertThat(image.shape()).isEqualTo(new Shape(2, 3, 3));
    assertThat(image.pixels()).startsWith(255, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP})
  void webPIsRead(String encoded) throws IOException {
    assertThat(decode(Base64.getDecoder().decode(encoded)).shape()).isEqualTo(new Shape(1, 1, 3));
  }

  @Test
  void jpegInCmykIsReadInColour() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      inks.setPixel(i % 16, i / 16, new int[] {255, 0, 0, 255}); // red: Adobe stores paper as 255
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(inks, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] plain = bytes.toByteArray();
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    ByteBuffer marked = ByteBuffer.allocate(plain.length + adobe.length);
    marked.put(plain, 0, 2).put(adobe).put(plain, 2, plain.length - 2);
    DecodedImage image = decode(marked.array());
    assertThat(image.shape()).isEqualTo(new Shape(16, 16, 3));
    assertThat(Byte.toUnsignedInt(image.pixels()[0])).isGreaterThan(190);
    assertThat(Byte.toUnsignedInt(image.pixels()[1])).isLessThan(70);
  }

  @Test
  void sixteenBitsAndPalettesAreRead() throws IOException {
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0xc8ff);
    assertThat(decode(ImageFiles.encoded("tiff", deep)).pixels()).containsExactly((byte) 0xc8);
    BufferedImage palette = picture(BufferedImage.TYPE_BYTE_INDEXED);
    DecodedImage image = decode(ImageFiles.encoded("png", palette));
    assertThat(Byte.toUnsignedInt(image.pixels()[3 * 39]))
        .isEqualTo(palette.getRGB(39, 0) >> 16 & 255);
  }

  @Test
  void ofATruncatedJpegThereIsWhatIsThere() throws IOException {
    byte[] whole = ImageFiles.encoded("jpg", picture(BufferedImage.TYPE_3BYTE_BGR));
    assertThat(decode(whole).damaged()).isFalse();
    DecodedImage cut = decode(Arrays.copyOf(whole, whole.length - 60));
    assertThat(cut.damaged()).isTrue();
    assertThat(cut.shape()).isEqualTo(new Shape(24, 40, 3));
    assertThat(Arrays.copyOf(cut.pixels(), 24))
        .isEqualTo(Arrays.copyOf(decode(whole).pixels(), 24));
    int end = cut.pixels().length;
    assertThat(cut.pixels()[end - 3]).isEqualTo(cut.pixels()[end - 6]);
  }

  @Test
  void strayBytesInAJpegArePassedOver() throws IOException {
    byte[] whole = ImageFiles.encoded("jpg", picture(BufferedImage.TYPE_3BYTE_BGR));
    byte[] after = Arrays.copyOf(whole, whole.length + 7);
    assertThat(decode(after).pixels()).isEqualTo(decode(whole).pixels());
    ByteBuffer between = ByteBuffer.allocate(whole.length + 3);
    between
        .put(whole, 0, whole.length - 2)
        .put(new byte[] {1, 2, 3})
        .put(whole, whole.length - 2, 2);
    assertThat(decode(between.array()).pixels()).isEqualTo(decode(whole).pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
  void otherTruncatedFilesAreRefusedInALine(String format) {
    BufferedImage noise = picture(BufferedImage.TYPE_3BYTE_BGR);
    byte[] whole = ImageFiles.encoded(format, noise);
    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0\0\0\0", "no image at all", "GIF89a", "RIFF----WEBPVP8 "})
  void whatIsNoImageIsRefused(String content) {
    assertThatThrownBy(() -> decode(content.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void aHugeImageIsReadInReducedSize() throws IOException {
    DecodedImage image = decode(hugePng(20_000));
    assertThat(image.shape()).isEqualTo(new Shape(4_000, 4_000, 1));
    assertThat(image.pixels()[4_000]).isEqualTo((byte) 5);
  }

  @Test
  void failuresOfTheUseAreNotTakenForThoseOfTheFile() {
    byte[] encoded = ImageFiles.plain("png", 2, 2, 0);
    assertThatThrownBy(
            () ->
                ImageDecoder.decode(
                    encoded,
                    image -> {
                      throw new IllegalStateException("mine");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
  }

  /** Grey, each row of the level of its number modulo 256. */
  private static byte[] hugePng(int side) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater quick = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream packed = new DeflaterOutputStream(data, quick)) {
      byte[] row = new byte[side + 1];
      for (int y = 0; y < side; y++) {
        Arrays.fill(row, 1, row.length, (byte) y);
        packed.write(row);
      }
    }
    quick.end();
    ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 8);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    writeChunk(png, "IHDR", header.array());
    writeChunk(png, "IDAT", data.toByteArray());
    writeChunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    png.writeBytes(chunk.putInt((int) crc.getValue()).array());
  }
}
