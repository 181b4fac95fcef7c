package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Optional;

/** A login within SPNEGO (RFC 4178, MS-SPNG): chooses a mechanism and carries its tokens. */
final class SpnegoContext implements HostContext {
  private final List<HostMechanism> mechanisms;
  private final Optional<byte[]> channelBinding;
  private SpnegoToken init;
  private String oid;
  private boolean preferred;
  private MechanismContext chosen;
  private boolean micSent;
  private boolean established;
  private boolean refused;

  SpnegoContext(List<HostMechanism> mechanisms, Optional<byte[]> channelBinding) {
    this.mechanisms = mechanisms;
    this.channelBinding = channelBinding;
  }

  @Override
  public byte[] accept(byte[] token) throws RefusedLogin {
    if (refused || established) {
      throw new RefusedLogin("This login is over; a new one needs a new connection", null);
    }
    refused = true;
    byte[] answer =
        chosen == null ? first(SpnegoToken.init(token)) : next(SpnegoToken.response(token));
    refused = false;
    return answer;
  }

  /** The client's first mechanism token is of the mechanism that it likes best, if any. */
  private byte[] first(SpnegoToken token) throws RefusedLogin {
    List<String> oids = token.mechanisms();
    oid = oids.stream().filter(name -> named(name).isPresent()).findFirst().orElse(null);
    if (oid == null) {
      throw new RefusedLogin("The client offers no mechanism that the host has: " + oids, null);
    }
    init = token;
    preferred = oid.equals(oids.get(0));
    chosen = named(oid).orElseThrow().start(channelBinding);
    if (!preferred) {
      return SpnegoReply.requestMic().mechanism(oid).bytes();
    }
    byte[] answer = token.token().isPresent() ? chosen.accept(token.token().get()) : new byte[0];
    return chosen.isEstablished()
        ? finish(token, answer, true)
        : SpnegoReply.incomplete().mechanism(oid).token(answer).bytes();
  }

  private Optional<HostMechanism> named(String name) {
    return mechanisms.stream().filter(mechanism -> mechanism.oids().contains(name)).findFirst();
  }

  private byte[] next(SpnegoToken token) throws RefusedLogin {
    byte[] answer =
        chosen.isEstablished() ? new byte[0] : chosen.accept(token.token().orElse(new byte[0]));
    return chosen.isEstablished()
        ? finish(token, answer, false)
        : SpnegoReply.incomplete().token(answer).bytes();
  }

  /** The mechanism is done; SPNEGO is too, unless a MIC is still to come. */
  private byte[] finish(SpnegoToken token, byte[] answer, boolean isFirst) throws RefusedLogin {
    boolean needed = !preferred && chosen.canSign();
    established = isMicFine(token.mic()) || !needed;
    SpnegoReply reply = established ? SpnegoReply.completed() : SpnegoReply.incomplete();
    if (isFirst) {
      reply.mechanism(oid);
    }
    reply.token(answer);
    if (needed || token.mic().isPresent()) {
      addMic(reply);
    }
    return reply.bytes();
  }

  /** The client's MIC over the list of mechanisms (RFC 4178 5). */
  private boolean isMicFine(Optional<byte[]> mic) throws RefusedLogin {
    if (mic.isPresent()) {
      chosen.verify(init.mechanismList(), mic.get());
    } else if (micSent) {
      throw new RefusedLogin("The client was asked for a MIC over its mechanisms, in vain", null);
    }
    return mic.isPresent();
  }

  private void addMic(SpnegoReply reply) throws RefusedLogin {
    if (!micSent) {
      reply.mic(chosen.sign(init.mechanismList()));
      micSent = true;
    }
    if (established) {
      chosen.rewind();
    }
  }

  @Override
  public boolean isEstablished() {
    return established;
  }

  @Override
  public String user() {
    return chosen.user();
  }

  @Override
  public boolean isBound() {
    return established && chosen.isBound();
  }

  @Override
  public byte[] unseal(byte[] header, byte[] data) throws RefusedLogin {
    return chosen.unseal(header, data);
  }

  @Override
  public SealedMessage seal(byte[] message) {
    return chosen.seal(message);
  }

  @Override
  public void close() {
    if (chosen != null) {
      chosen.close();
    }
  }
}
