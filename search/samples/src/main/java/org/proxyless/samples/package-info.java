/** Lessons in the use of the library, in the order of their numbers: run, read and copy them. */
package org.proxyless.samples;
