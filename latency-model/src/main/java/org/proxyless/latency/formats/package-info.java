/** Readers and writers of the latency tables and network descriptions of other projects. */
@NullMarked
package org.proxyless.latency.formats;

import org.jspecify.annotations.NullMarked;
