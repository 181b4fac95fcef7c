package io.psconnect.testkit;

import io.psconnect.ConnectionException;

/** Lets a file copy succeed, or throws. */
@FunctionalInterface
interface CopyAnswer {
  void answer() throws ConnectionException;
}
