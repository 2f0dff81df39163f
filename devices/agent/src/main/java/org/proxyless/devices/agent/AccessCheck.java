package org.proxyless.devices.agent;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Refuses calls of those who do not know the token or are of another version, unread. */
final class AccessCheck implements ServerInterceptor {
  private final byte[] authorization;
  private final String version;

  AccessCheck(String token, String version) {
    this.authorization = bytes(Access.of(token, version).get(Access.AUTHORIZATION));
    this.version = version;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String given = headers.get(Access.AUTHORIZATION);
    // In the same time wherever the two differ.
    if (given == null || !MessageDigest.isEqual(authorization, bytes(given))) {
      return refused(call, Status.UNAUTHENTICATED.withDescription("the token is another one"));
    }
    String asking = headers.get(Access.VERSION);
    if (!version.equals(asking)) {
      return refused(
          call,
          Status.FAILED_PRECONDITION.withDescription(
              "it is of version " + version + " and was asked by version " + asking));
    }
    return next.startCall(call, headers);
  }

  private static <Q, R> ServerCall.Listener<Q> refused(ServerCall<Q, R> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
