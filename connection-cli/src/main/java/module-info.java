/** The {@code connection} command: run a script, check a host, see it work. */
module io.psconnect.cli {
  requires info.picocli;
  requires io.psconnect;
  requires io.psconnect.testkit;

  opens io.psconnect.cli to
      info.picocli;
}
