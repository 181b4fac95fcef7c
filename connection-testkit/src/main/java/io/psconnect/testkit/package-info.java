/** Fakes for unit tests. */
package io.psconnect.testkit;
