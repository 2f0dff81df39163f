/** Networks as ONNX files. */
package org.proxyless.devices.lite.onnx;
