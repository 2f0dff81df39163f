/** The candidate operators that ship: each a record that says what its layers are. */
@NullMarked
package org.proxyless.latency.operators;

import org.jspecify.annotations.NullMarked;
