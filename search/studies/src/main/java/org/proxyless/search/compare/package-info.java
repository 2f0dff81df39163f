/**
 * Is what a search found worth it: its network against others of the same latency, and the order of
 * networks by shared weights against that by weights of their own.
 */
package org.proxyless.search.compare;
