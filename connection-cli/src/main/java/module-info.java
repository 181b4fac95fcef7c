/** The {@code connection} command. */
module io.psconnect.cli {
  requires io.psconnect;
  requires io.psconnect.testkit;
  requires info.picocli;

  opens io.psconnect.cli to
      info.picocli;
}
