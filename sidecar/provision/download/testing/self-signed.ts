/** A certificate for a server on loopback, made on the spot, for tests: no key has to lie in the repository. X.509 v3 in DER, RFC 5280. */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const OID = { ecdsaWithSha256: '2a8648ce3d040302', commonName: '550403', subjectAltName: '551d11', basicConstraints: '551d13' };

/** @param names DNS names and IPv4 addresses @param validToMs until when; a time in the past makes it an expired one */
export function selfSigned(names: readonly string[], validToMs = Date.now() + 86_400_000): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, oid(OID.ecdsaWithSha256));
  const name = der(0x30, der(0x31, der(0x30, oid(OID.commonName), der(0x0c, Buffer.from('adgen test')))));
  const extensions = der(0x30,
    der(0x30, oid(OID.basicConstraints), der(0x01, Buffer.from([0xff])), der(0x04, der(0x30, der(0x01, Buffer.from([0xff]))))),
    der(0x30, oid(OID.subjectAltName), der(0x04, der(0x30, ...names.map(alternativeName)))));
  const body = der(0x30,
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), algorithm, name,
    der(0x30, time(validToMs - 30 * 86_400_000), time(validToMs)), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, extensions));
  const certificate = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n` };
}

function alternativeName(name: string): Buffer {
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}

/** UTCTime: good until 2049. */
function time(ms: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '').slice(2)}`));
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
