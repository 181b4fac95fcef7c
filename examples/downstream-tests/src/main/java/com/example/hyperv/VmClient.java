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
    return call("Get-VM -Name $params.name | " + FIELDS, name, Vm.class);
  }

  private <T> T call(String script, String name, Class<T> answer)
      throws NoSuchVmException, ScriptFailedException, ConnectionException, InterruptedException {
    try {
      return json.call(script, Map.of("name", name), answer);
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
      call("Start-VM -Name $params.name", name, Void.class);
    } catch (ConnectionException e) {
      return startedAllTheSame(name, e);
    }
    return get(name);
  }

  private Vm startedAllTheSame(String name, ConnectionException broken)
      throws ConnectionException, InterruptedException {
    if (broken.scriptState() == ScriptState.NOT_STARTED) {
      throw broken;
    }
    try {
      Vm vm = get(name);
      if (vm.state() == Vm.State.Running || vm.state() == Vm.State.Starting) {
        return vm;
      }
    } catch (NoSuchVmException | ScriptFailedException | ConnectionException e) {
      broken.addSuppressed(e);
    }
    throw broken;
  }
}
