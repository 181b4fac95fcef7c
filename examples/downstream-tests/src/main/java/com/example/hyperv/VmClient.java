package com.example.hyperv;

import io.psconnect.ConnectionException;
import io.psconnect.Runner;
import io.psconnect.ScriptState;
import io.psconnect.json.JsonRunner;
import io.psconnect.json.ScriptError;
import io.psconnect.json.ScriptFailedException;
import java.util.List;
import java.util.Map;

/** What a host has of virtual machines. Takes a {@link Runner}, which a test can replace. */
public final class VmClient {
  private static final String FIELDS =
      "Select-Object Name, State, @{n='Memory';e={$_.MemoryAssigned}}, Uptime,"
          + " @{n='Created';e={$_.CreationTime.ToUniversalTime()}}";

  private final JsonRunner json;

  public VmClient(Runner runner) {
    json = JsonRunner.over(runner);
  }

  public List<Vm> all() throws ScriptFailedException, ConnectionException, InterruptedException {
    return json.list("Get-VM | " + FIELDS, null, Vm.class);
  }

  /** The name is data: it travels as a parameter, and no quote in it can do harm. */
  public Vm get(String name)
      throws NoSuchVmException, ScriptFailedException, ConnectionException, InterruptedException {
    try {
      return json.call("Get-VM -Name $params.name | " + FIELDS, Map.of("name", name), Vm.class);
    } catch (ScriptFailedException e) {
      if (isMissing(e)) {
        throw new NoSuchVmException(name, e);
      }
      throw e;
    }
  }

  /** By what is the same in every language of the host. */
  private static boolean isMissing(ScriptFailedException e) {
    return e.error().map(ScriptError::errorId).orElse("").startsWith("InvalidParameter,")
        && e.error().map(ScriptError::category).orElse("").equals("InvalidArgument");
  }

  /**
   * Starts a machine. Where the connection broke and the machine may have been started, looks before
   * it says that it failed; it never starts it twice.
   */
  public Vm start(String name)
      throws NoSuchVmException, ScriptFailedException, ConnectionException, InterruptedException {
    try {
      json.call("Start-VM -Name $params.name", Map.of("name", name), Void.class);
    } catch (ConnectionException e) {
      return startedAllTheSame(name, e);
    }
    return get(name);
  }

  private Vm startedAllTheSame(String name, ConnectionException e)
      throws NoSuchVmException, ScriptFailedException, ConnectionException, InterruptedException {
    if (e.scriptState() == ScriptState.NOT_STARTED) {
      throw e;
    }
    Vm vm = get(name);
    if (vm.state() == Vm.State.Off) {
      throw e;
    }
    return vm;
  }
}
