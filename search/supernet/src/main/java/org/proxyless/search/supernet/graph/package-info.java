/** The nodes of that graph: forward, backward and update, written by hand. */
package org.proxyless.search.supernet.graph;
