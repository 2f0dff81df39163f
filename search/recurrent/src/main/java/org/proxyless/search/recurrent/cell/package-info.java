/** Recurrent cells: their wiring, encodings, published ones, sizes, and spaces to choose from. */
package org.proxyless.search.recurrent.cell;
