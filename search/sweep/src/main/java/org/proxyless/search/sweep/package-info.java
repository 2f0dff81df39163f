/**
 * Many searches: a grid of settings becomes cells, each a run with a directory as ever; cells are
 * run as many at a time as there is room for, tried again where they fail, and put side by side.
 * What is done of a sweep is in its folder, so it goes on wherever it was cut short.
 */
package org.proxyless.search.sweep;
