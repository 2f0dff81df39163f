/** The latency of a token: measured, by parts, and predicted. */
package org.proxyless.search.recurrent.latency;
