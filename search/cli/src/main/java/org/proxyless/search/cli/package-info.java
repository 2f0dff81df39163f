/** The program: arguments in, commands run, failures in one line, interruption. */
package org.proxyless.search.cli;
