/** The {@code connection} command: run a script, copy a file, check a host, see it work. */
module io.psconnect.cli {
  requires info.picocli;
  requires io.psconnect;
  requires io.psconnect.testkit;
  requires me.tongfei.progressbar;

  opens io.psconnect.cli to
      info.picocli;
}
