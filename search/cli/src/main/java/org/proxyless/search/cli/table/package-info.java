/** Commands on latency tables. */
package org.proxyless.search.cli.table;
