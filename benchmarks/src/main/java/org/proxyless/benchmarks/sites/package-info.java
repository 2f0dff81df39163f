/** Where something is measured: this machine, a device linked to it, another machine. */
package org.proxyless.benchmarks.sites;
