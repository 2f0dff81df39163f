/**
 * Devices: their profiles, the fingerprints that tell them apart, and what runs networks on them.
 */
@NullMarked
package org.proxyless.devices;

import org.jspecify.annotations.NullMarked;
