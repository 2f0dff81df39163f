/** File formats of networks besides the SavedModel: what they must offer, and which there are. */
@NullMarked
package org.proxyless.devices.format;

import org.jspecify.annotations.NullMarked;
