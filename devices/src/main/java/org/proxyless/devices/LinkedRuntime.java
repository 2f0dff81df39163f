package org.proxyless.devices;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * A runtime on a device that is linked to this machine, such as a phone at a cable. Its facts are
 * all there is to know of that device, and its calls are timed there. To start one takes long, so
 * they are timed block by block.
 */
public interface LinkedRuntime extends DeviceRuntime {
  @Override
  LinkedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random);

  @Override
  LinkedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random);

  @Override
  LinkedCall exported(Path model, DeviceProfile profile, RandomGenerator random);

  /** What agents are sent; a device that is linked to this machine has none. */
  @Override
  default byte[] content(Path model) {
    throw new UnsupportedOperationException("a linked device has no agent: " + model);
  }

  /** What agents receive; none has a device that is linked to another machine. */
  @Override
  default void restore(byte[] content, Path model) {
    throw new UnsupportedOperationException("a linked device has no agent: " + model);
  }
}
