/**
 * Networks as TensorFlow Lite files. A network is turned into an {@link
 * org.proxyless.devices.lite.graph.InferenceGraph} in one place, {@link
 * org.proxyless.devices.lite.graph.Lowering}; {@link org.proxyless.devices.lite.file.LiteWriter}
 * writes that through the file's FlatBuffers schema, in the precision that an {@link
 * org.proxyless.devices.lite.file.Encoding} stands for.
 */
package org.proxyless.devices.lite;
