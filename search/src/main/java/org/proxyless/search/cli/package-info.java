/** The command line: one class for each command, and what all of them share. */
package org.proxyless.search.cli;
