package org.proxyless.devices.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;

/**
 * The key by which an agent is known, in a certificate that it signed itself. Who asks it knows the
 * key's hash, so no authority is needed.
 */
final class TlsKey {
  private static final String ALIAS = "agent";

  /** The file's permissions protect the key; the format wants a password as well. */
  private static final String PASSWORD = "of-the-folder";

  private static final String TEN_YEARS_IN_DAYS = "3650";

  private final KeyStore store;

  private TlsKey(KeyStore store) {
    this.store = store;
  }

  /**
   * Reads the key, or makes one.
   *
   * @param file PKCS #12
   * @throws InvalidInputException if it can neither be read nor made
   */
  static TlsKey open(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream stream = Files.newInputStream(file)) {
        store.load(stream, PASSWORD.toCharArray());
      }
      return new TlsKey(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidInputException(
          "the agent's key " + file + " cannot be used (" + e + "). Remove it to make a new one.",
          e);
    }
  }

  /** In a folder that only its owner may read, until the file itself is such a one. */
  private static void make(Path file) throws IOException {
    Path beside = Files.createTempDirectory(file.toAbsolutePath().getParent(), "key");
    try {
      Path made = beside.resolve("made");
      generate(made);
      AgentFolder.restrict(made, AgentFolder.OWNER_ONLY_FILE);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.delete(beside);
    }
  }

  /** By the tool that comes with Java: its library can sign no certificates. */
  private static void generate(Path file) throws IOException {
    Process tool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=proxyless-agent",
                    "-validity",
                    TEN_YEARS_IN_DAYS,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tool.waitFor() != 0) {
        throw new IOException("keytool: " + said.lines().findFirst().orElse("failed"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the key was made", e);
    }
  }

  KeyManager[] managers() {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, PASSWORD.toCharArray());
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot use a key that was read", e);
    }
  }

  /** SHA-256 of the public key, in hexadecimal digits. */
  String pin() {
    try {
      return pin(store.getCertificate(ALIAS).getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key store was loaded", e);
    }
  }

  /** SHA-256 of a public key in its usual encoding (X.509's SubjectPublicKeyInfo). */
  static String pin(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
