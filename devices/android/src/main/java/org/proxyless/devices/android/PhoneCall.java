package org.proxyless.devices.android;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.LinkedCall;

/** A TensorFlow Lite file on a phone. */
final class PhoneCall implements LinkedCall {
  private static final double NANOS_A_MICRO = 1000;

  private final AndroidSettings settings;
  private final PhoneSession session;
  private final String name;
  private final String path;
  private final int mayBeLeft;

  private PhoneCall(
      AndroidSettings settings, PhoneSession session, String name, String path, int mayBeLeft) {
    this.settings = settings;
    this.session = session;
    this.name = name;
    this.path = path;
    this.mayBeLeft = mayBeLeft;
  }

  /**
   * Brings a file to the phone.
   *
   * @param name of what it holds, for messages
   * @param mayBeLeft operators of it that the delegate may leave to the processor
   */
  static PhoneCall of(AndroidSettings settings, String name, byte[] file, int mayBeLeft) {
    PhoneSession session = PhoneSession.acquire(settings);
    try {
      return new PhoneCall(settings, session, name, session.push(file), mayBeLeft);
    } catch (RuntimeException e) {
      session.release();
      throw e;
    }
  }

  @Override
  public Times times(long millis, Consumer<String> notes) {
    BenchmarkOutput output = session.run(path, millis, notes);
    requireDelegated(output);
    return new Times(
        output.typicalMicros() * NANOS_A_MICRO,
        output.tailMicros() * NANOS_A_MICRO,
        output.calls(),
        output.isSteady());
  }

  @Override
  public void run() {
    session.runOnce(path);
  }

  /**
   * What the delegate leaves runs on other kernels, as in no network: such figures are no table.
   */
  private void requireDelegated(BenchmarkOutput output) {
    Delegate delegate = settings.delegate();
    if (delegate == Delegate.NONE) {
      return;
    }
    Optional<BenchmarkOutput.Delegated> said = output.of(delegate);
    if (said.isEmpty()) {
      throw refused("does not say whether it was used", "Build benchmark_model with that delegate");
    }
    OptionalInt left = said.get().left();
    if (left.isPresent()) {
      if (left.getAsInt() > mayBeLeft) {
        throw refused(
            "leaves " + left.getAsInt() + of(said.get()) + " to other kernels", elsewhere());
      }
    } else if (mayBeLeft == 0 || said.get().kernels().orElse(0) != 1) {
      throw refused("leaves some of the operators to other kernels", elsewhere());
    }
  }

  private static String of(BenchmarkOutput.Delegated said) {
    return said.taken().isPresent()
        ? " of " + (said.taken().getAsInt() + said.left().getAsInt()) + " operators"
        : " operators";
  }

  private static String elsewhere() {
    return "Take another delegate or precision, or a space of other operators";
  }

  private InvalidInputException refused(String what, String remedy) {
    return new InvalidInputException(
        "on phone '"
            + session.serial()
            + "' delegate "
            + settings.delegate().text()
            + " "
            + what
            + ", in "
            + name
            + "; its latency would not be that delegate's. "
            + remedy
            + ".");
  }

  @Override
  public void close() {
    try {
      session.remove(path);
    } finally {
      session.release();
    }
  }
}
