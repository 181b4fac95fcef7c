package io.psconnect.testkit.contract;

import io.psconnect.FileCopy;

/** A file on the host, alone in its folder, that a copy is to replace and must not. */
final class ReplacedFile {
  private final ContractHost host;
  private final String target;
  private final TestFile before;
  private final TestFile after;

  ReplacedFile(ContractHost host) throws Exception {
    this.host = host;
    before = TestFile.random(host, 100);
    after = TestFile.random(host, 4 << 20);
    target = host.join(host.existingFolder(), "a.bin");
    host.connection().streamFile(before.path(), target);
  }

  FileCopy copy() {
    return FileCopy.of(after.path(), target);
  }

  void assertUntouched() throws Exception {
    host.assertAlone(before.sha256(), target);
  }
}
