/** A deployed network as operations on feature maps, whatever the file. */
package org.proxyless.devices.lite.graph;
