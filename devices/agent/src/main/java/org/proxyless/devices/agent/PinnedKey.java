package org.proxyless.devices.agent;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the one public key whose hash is known, whatever its certificate says. */
final class PinnedKey extends X509ExtendedTrustManager {
  private final String pin;

  /**
   * @param pin SHA-256 of the key in hexadecimal digits
   */
  PinnedKey(String pin) {
    this.pin = pin;
  }

  /** Another key than the pinned one. */
  static final class OtherKeyException extends CertificateException {
    private static final long serialVersionUID = 1;

    OtherKeyException(String message) {
      super(message);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    String shown = TlsKey.pin(chain[0].getPublicKey());
    if (!shown.equals(pin)) {
      throw new OtherKeyException("it shows the key sha256:" + shown);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("agents are not asked by certificates");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("agents are not asked by certificates");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("agents are not asked by certificates");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
