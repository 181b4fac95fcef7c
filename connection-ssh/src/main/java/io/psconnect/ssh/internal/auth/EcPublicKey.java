package io.psconnect.ssh.internal.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * The public key that an EC private key in PKCS#8 need not have with it, and that the JDK leaves
 * out when it writes one. It is the product of the private key and the curve's generator. The JDK
 * multiplies in key agreement alone, and tells but one coordinate of the product.
 */
final class EcPublicKey {
  private EcPublicKey() {}

  static PublicKey of(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    KeyFactory factory = KeyFactory.getInstance("EC");
    BigInteger x = multiplied(key, factory);
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger y = squareRoot(square(curve, x, p), p);
    for (BigInteger candidate : List.of(y, p.subtract(y))) {
      PublicKey made =
          factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, candidate), curve));
      if (belongTogether(key, made)) {
        return made;
      }
    }
    throw new InvalidKeyException("no public key goes with this private key");
  }

  private static BigInteger multiplied(ECPrivateKey key, KeyFactory factory)
      throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(
        factory.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
    return new BigInteger(1, agreement.generateSecret());
  }

  /** The curve's equation: x^3 + ax + b. */
  private static BigInteger square(ECParameterSpec curve, BigInteger x, BigInteger p) {
    BigInteger ax = x.multiply(curve.getCurve().getA());
    return x.pow(3).add(ax).add(curve.getCurve().getB()).mod(p);
  }

  /** For a p that is 3 modulo 4, as it is on each NIST curve. */
  private static BigInteger squareRoot(BigInteger square, BigInteger p) {
    return square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
  }

  private static boolean belongTogether(ECPrivateKey key, PublicKey other)
      throws GeneralSecurityException {
    byte[] data = {1};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(data);
    byte[] signed = signature.sign();
    signature.initVerify(other);
    signature.update(data);
    return signature.verify(signed);
  }
}
