package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.FileCopy;

/** A file on the host, alone in its folder, that a copy is to replace and must not. */
final class ReplacedFile {
  private final ContractHost host;
  private final String folder;
  private final String target;
  private final TestFile content;

  ReplacedFile(ContractHost host) throws Exception {
    this.host = host;
    folder = host.existingFolder();
    target = host.join(folder, "a.bin");
    host.said("[IO.File]::WriteAllText(%s, 'as it was')".formatted(ContractHost.literal(target)));
    content = TestFile.random(host, 4 << 20);
  }

  FileCopy copy() {
    return FileCopy.of(content.path(), target);
  }

  void assertUntouched() throws Exception {
    String text = host.said("[IO.File]::ReadAllText(%s)".formatted(ContractHost.literal(target)));
    assertEquals("as it was", text, "the target");
    assertEquals(1, host.entries(folder), "entries in the folder: a temporary file was left");
  }
}
