package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Health;
import io.psconnect.Result;
import io.psconnect.Script;

/** A connection that does what another one does: the mould for wrong ones. */
class Forwarding implements Connection {
  final Connection right;

  Forwarding(Connection right) {
    this.right = right;
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    right.open();
  }

  @Override
  public Result runScript(Script script) throws ConnectionException, InterruptedException {
    return right.runScript(script);
  }

  @Override
  public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
    right.streamFile(copy);
  }

  @Override
  public Health healthcheck() throws ConnectionException, InterruptedException {
    return right.healthcheck();
  }

  @Override
  public String backend() {
    return right.backend();
  }

  @Override
  public void close() {
    right.close();
  }

  @Override
  public String toString() {
    return right.toString();
  }
}
