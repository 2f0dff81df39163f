/**
 * Networks as TensorFlow Lite files. A network is turned into an {@link
 * org.proxyless.devices.lite.InferenceGraph} in one place, {@link
 * org.proxyless.devices.lite.Lowering}; {@link org.proxyless.devices.lite.LiteWriter} writes that
 * through the file's FlatBuffers schema, in the precision that an {@link
 * org.proxyless.devices.lite.Encoding} stands for.
 */
package org.proxyless.devices.lite;
