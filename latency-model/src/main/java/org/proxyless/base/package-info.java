/**
 * What every room uses: errors for the user, files that are never half-written, strict reading, a
 * run's state by name.
 */
@NullMarked
package org.proxyless.base;

import org.jspecify.annotations.NullMarked;
