package org.proxyless.devices.android;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;

/** A user's benchmark_model: which phones it is for, and which one it is. */
final class PhoneProgram {
  /** The header of the format of Android's programs, up to the field of the processor. */
  private static final int HEADER_BYTES = 20;

  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  private static final int MACHINE_OFFSET = 18;
  private static final int SHOWN_DIGITS = 16;

  /** What Android calls the processors that such a program may be for. */
  private static final Map<Integer, String> ABIS =
      Map.of(183, "arm64-v8a", 40, "armeabi-v7a", 62, "x86_64", 3, "x86", 243, "riscv64");

  private final Path file;

  PhoneProgram(Path file) {
    this.file = file;
  }

  /**
   * Refuses a program that a phone cannot run.
   *
   * @param phoneAbis what the phone runs, as {@code ro.product.cpu.abilist} tells
   * @throws InvalidInputException if it is no program for Android, or for another processor
   */
  void requireFor(String serial, List<String> phoneAbis) {
    String abi =
        abi()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "android.benchmark-model "
                            + file
                            + " is no program for Android (it has no ELF header of a known"
                            + " processor). Give TensorFlow Lite's benchmark_model, built for the"
                            + " phone."));
    if (!phoneAbis.contains(abi)) {
      throw new InvalidInputException(
          "android.benchmark-model "
              + file
              + " is built for "
              + abi
              + "; phone '"
              + serial
              + "' runs "
              + String.join(", ", phoneAbis)
              + ". Give one that is built for it.");
    }
  }

  private Optional<String> abi() {
    try (InputStream input = Files.newInputStream(file)) {
      byte[] header = input.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES || !startsWithMagic(header)) {
        return Optional.empty();
      }
      int machine = (header[MACHINE_OFFSET] & 0xff) | (header[MACHINE_OFFSET + 1] & 0xff) << 8;
      return Optional.ofNullable(ABIS.get(machine));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static boolean startsWithMagic(byte[] header) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (header[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** What tells it from others: the beginning of its SHA-256. */
  String hash() {
    try (InputStream input = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int read = input.read(part); read >= 0; read = input.read(part)) {
        digest.update(part, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private InvalidInputException unreadable(IOException e) {
    return new InvalidInputException(
        "android.benchmark-model "
            + file
            + " cannot be read ("
            + e.getClass().getSimpleName()
            + "). Give the path of TensorFlow Lite's benchmark_model, built for the phone.",
        e);
  }
}
