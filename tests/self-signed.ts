/** A certificate that nobody trusts, made for one test: signed by its own key, for "localhost" (X.509 version 1, RFC 5280, in DER). */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** ecdsa-with-SHA256 and commonName. */
const ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
const COMMON_NAME = oid(0x55, 0x04, 0x03);

export function selfSigned(): { readonly key: string; readonly cert: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const algorithm = der(0x30, ECDSA_SHA256);
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
  const validity = der(0x30, utcTime(Date.now() - 86_400_000), utcTime(Date.now() + 86_400_000));
  const content = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, pair.publicKey);
  const signature = sign('sha256', content, createPrivateKey(pair.privateKey));
  const certificate = der(0x30, content, algorithm, der(0x03, Buffer.from([0]), signature));
  return { key: pair.privateKey, cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n` };
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

/** YYMMDDHHMMSSZ */
function utcTime(timeMs: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(timeMs).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}
