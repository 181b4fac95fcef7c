package io.psconnect.json;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.local.LocalOptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PowerShell of this machine to call with JSON, for the tests of a class. */
final class PwshJson implements BeforeAllCallback, AfterAllCallback {
  private final String program;
  private Connection connection;

  PwshJson(String program) {
    this.program = program;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    connection = Connections.open(LocalOptions.builder().powerShell(program).standby(1).build());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    connection.close();
  }

  JsonRunner runner() {
    return JsonRunner.over(connection);
  }
}
