/**
 * All measurements of a table taken together: what each operator costs in a network, and how
 * uncertain that is.
 */
@NullMarked
package org.proxyless.latency.fit;

import org.jspecify.annotations.NullMarked;
