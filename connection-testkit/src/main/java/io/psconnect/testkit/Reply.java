package io.psconnect.testkit;

import java.time.Duration;

/** An answer, and how long the caller waits for it. */
record Reply<A>(Duration delay, A answer) {}
