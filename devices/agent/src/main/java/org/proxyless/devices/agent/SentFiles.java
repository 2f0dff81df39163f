package org.proxyless.devices.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.agent.proto.FileJob;

/**
 * The one finished file that an agent holds, as far as it has come. Its name is the agent's own.
 */
final class SentFiles {
  private final Path folder;
  private final long limitBytes;
  private String job = "";

  /**
   * @param folder where it is kept
   * @param limitBytes how large it may be
   */
  SentFiles(Path folder, long limitBytes) {
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  /**
   * Takes the next bytes; bytes that are there already are passed over.
   *
   * @return how many there are now
   */
  synchronized long put(String name, long offsetBytes, byte[] content) {
    try {
      if (offsetBytes == 0 && !name.equals(job)) {
        Files.deleteIfExists(file());
        Files.createFile(file());
        job = name;
      }
      if (!name.equals(job)) {
        throw Refusals.unknownJob();
      }
      long size = Files.size(file());
      if (offsetBytes < 0 || offsetBytes > size) {
        throw new InvalidInputException(
            "bytes were put at "
                + offsetBytes
                + " of a file of "
                + size
                + "; they must follow it.");
      }
      if (offsetBytes + content.length > limitBytes) {
        throw Refusals.tooLarge("a file may have " + limitBytes + " bytes, and this one has more");
      }
      if (offsetBytes == size) {
        Files.write(file(), content, StandardOpenOption.APPEND);
        return size + content.length;
      }
      return size;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a file that was sent", e);
    }
  }

  /**
   * Checks that the file is whole and one of our exports, and writes it in the form that is run.
   *
   * @return the file or folder
   */
  synchronized Path restored(FileJob sent) {
    if (!sent.getJob().equals(job)) {
      throw Refusals.unknownJob();
    }
    try {
      byte[] content = Files.readAllBytes(file());
      if (content.length != sent.getSizeBytes() || !sha256(content).equals(sent.getSha256())) {
        throw new InvalidInputException(
            "the file that was sent has "
                + content.length
                + " of "
                + sent.getSizeBytes()
                + " bytes, or others. Try again.");
      }
      Path model = folder.resolve("model");
      FileTree.delete(model);
      DeviceRuntimes.of(Requests.profile(sent.getSetup().getProfile())).restore(content, model);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a file that was sent", e);
    }
  }

  /** Removes what there is. */
  synchronized void clear() {
    try {
      Files.deleteIfExists(file());
      FileTree.delete(folder.resolve("model"));
      job = "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a file that was sent", e);
    }
  }

  private Path file() {
    return folder.resolve("sent");
  }

  /** In hexadecimal digits. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
