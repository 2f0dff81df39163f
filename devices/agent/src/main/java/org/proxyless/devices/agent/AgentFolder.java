package org.proxyless.devices.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;

/**
 * Where an agent keeps its token, its key, and what it writes while it measures: nobody but its
 * owner may read it. One agent at a time uses it.
 */
final class AgentFolder implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final FileChannel lock;

  private AgentFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder and a token if they are not there.
   *
   * @throws InvalidInputException if it cannot be used, others may read the token, or another agent
   *     uses it
   */
  static AgentFolder open(Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder);
        restrict(folder, OWNER_ONLY);
      }
      AgentFolder opened = new AgentFolder(folder, locked(folder));
      try {
        opened.prepareToken();
        opened.clearWork();
        return opened;
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "the agent's folder "
              + folder
              + " cannot be used ("
              + e
              + "). Name another with --folder.",
          e);
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean mine;
    try {
      mine = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      mine = false;
    }
    if (!mine) {
      channel.close();
      throw new InvalidInputException(
          "another agent uses the folder " + folder + ". Stop it, or name another with --folder.");
    }
    return channel;
  }

  private void prepareToken() throws IOException {
    Path file = token();
    if (!Files.exists(file)) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      Files.createFile(file);
      restrict(file, OWNER_ONLY_FILE);
      Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
    if (isPosix(file) && !OWNER_ONLY_FILE.containsAll(Files.getPosixFilePermissions(file))) {
      throw new InvalidInputException(
          "the agent's token "
              + file
              + " has the permissions "
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
              + "; nobody but its owner may read it. Remove it for a new one, or chmod 600.");
    }
  }

  /** Of an agent that was killed, something may be left. */
  private void clearWork() throws IOException {
    FileTree.delete(work());
    Files.createDirectory(work());
  }

  /** Takes everybody's permissions but the owner's, where files have some. */
  static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  /** The file with the token. */
  Path token() {
    return folder.resolve("token");
  }

  /** The file with the key of TLS. */
  Path key() {
    return folder.resolve("key.p12");
  }

  /** For what is written while something is measured. */
  Path work() {
    return folder.resolve("work");
  }

  /** The token itself. */
  String readToken() {
    try {
      return Files.readString(token(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + token(), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the lock of " + folder, e);
    }
  }
}
