/**
 * One cell as a process of its own, whose environment and memory are nobody else's. Goes to the
 * machines of a cluster alone, so it knows nothing but the JDK.
 */
package org.proxyless.search.sweep.cell;
