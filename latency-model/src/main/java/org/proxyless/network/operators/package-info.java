/** The candidate operators that ship: each a record that says what its layers are. */
@NullMarked
package org.proxyless.network.operators;

import org.jspecify.annotations.NullMarked;
