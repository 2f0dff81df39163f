package org.proxyless.devices.agent;

import io.grpc.Metadata;

/** What every call carries besides its message. */
final class Access {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> VERSION =
      Metadata.Key.of("proxyless-version", Metadata.ASCII_STRING_MARSHALLER);

  private static final String BEARER = "Bearer ";

  private Access() {}

  /** That of a caller who knows the token. */
  static Metadata of(String token, String version) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, BEARER + token);
    metadata.put(VERSION, version);
    return metadata;
  }
}
