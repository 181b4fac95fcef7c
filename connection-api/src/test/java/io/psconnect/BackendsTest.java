package io.psconnect;

import static io.psconnect.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {

  @Test
  void missingBackendSaysWhatWasFoundAndWhichArtifactToAdd() {
    UnsupportedBackendException e =
        assertThrows(
            UnsupportedBackendException.class,
            () ->
                Backends.of(List.of(new Provider("ssh"), new Provider("local")))
                    .options("winrm://host"));
    assertEquals(
        "winrm, looking up the backend: no backend 'winrm'. Found: local, ssh. Add io.psconnect:connection-winrm to the path.",
        e.getMessage());
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    assertEquals(Phase.LOOKUP, e.phase());
  }

  @Test
  void unknownSchemeAsksForTheSpelling() {
    UnsupportedBackendException e =
        assertThrows(
            UnsupportedBackendException.class, () -> Backends.of(List.of()).options("shh://host"));
    assertEquals(
        "shh, looking up the backend: no backend 'shh'. Found: none. Check the spelling, or add the artifact that provides it to the path.",
        e.getMessage());
  }

  @Test
  void optionsGoToTheProviderOfTheirBackend() throws Exception {
    Provider ssh = new Provider("ssh");
    Backends backends = Backends.of(List.of(new Provider("local"), ssh));
    assertSame(ssh.options, backends.options("ssh://host"));
    assertThrows(UnsupportedOperationException.class, () -> backends.connection(ssh.options));
    assertEquals(List.of("local", "ssh"), backends.ids());
  }

  @Test
  void twoProvidersOfOneIdAreAnError() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> Backends.of(List.of(new Provider("ssh"), new OtherProvider())));
    assertEquals(
        "two backends have the id 'ssh': %s and %s; leave one of them off the path"
            .formatted(Provider.class.getName(), OtherProvider.class.getName()),
        e.getMessage());
  }

  @Test
  void optionsOfAnotherTypeAreRefused() {
    ConnectionOptions foreign =
        new ConnectionOptions() {
          @Override
          public String backend() {
            return "ssh";
          }
        };
    assertRefused(
        "backend 'ssh' takes options of type %s, and was given %s"
            .formatted(ProviderOptions.class.getName(), foreign.getClass().getName()),
        () -> Backends.of(List.of(new Provider("ssh"))).connection(foreign));
  }

  @Test
  void noBackendIsInstalledHere() throws Exception {
    assertEquals(List.of(), Backends.installed().ids());
  }

  private record ProviderOptions(String backend) implements ConnectionOptions {}

  private static class Provider implements ConnectionProvider {
    private final ProviderOptions options;

    Provider(String id) {
      options = new ProviderOptions(id);
    }

    @Override
    public String id() {
      return options.backend();
    }

    @Override
    public Class<? extends ConnectionOptions> optionsType() {
      return ProviderOptions.class;
    }

    @Override
    public ConnectionOptions options(ConnectionUri uri) {
      return options;
    }

    @Override
    public Connection connect(ConnectionOptions given) {
      throw new UnsupportedOperationException("reached " + given.backend());
    }
  }

  private static final class OtherProvider extends Provider {
    OtherProvider() {
      super("ssh");
    }
  }
}
