/** The exact choice of operators within limits, and even draws of networks. */
@NullMarked
package org.proxyless.latency.choice;

import org.jspecify.annotations.NullMarked;
