/** What a sweep costs before it is begun: hours, failures, and what is sent. */
package org.proxyless.search.sweep.cost;
