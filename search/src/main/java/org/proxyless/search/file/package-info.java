/** The forms of the files that users write and read: strict YAML, JSON reports, CSV. */
package org.proxyless.search.file;
