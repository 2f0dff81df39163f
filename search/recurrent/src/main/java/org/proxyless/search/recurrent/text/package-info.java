/** Texts, vocabularies, and the windows of tokens that a language model learns from. */
package org.proxyless.search.recurrent.text;
