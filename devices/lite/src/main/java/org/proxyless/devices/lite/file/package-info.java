/** TensorFlow Lite files: weights encoded, quantized, planned in memory, written. */
package org.proxyless.devices.lite.file;
