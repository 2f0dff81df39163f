/** File formats of networks besides the SavedModel: what they must offer, and which there are. */
package org.proxyless.devices.format;
