/** The command {@code sweep}, which the program finds where this module is on the class path. */
package org.proxyless.search.sweep.cli;
