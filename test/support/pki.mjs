// Certificates for the tests, good and bad, made with the openssl command in
// a fresh directory.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY = 86_400_000;

const at = (ms) =>
  new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14) + 'Z';

export class Pki {
  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'line-'));
    this.makeAuthority('ca', 'Freezeline Test CA');
    // A stranger with the same name: only the key tells them apart.
    this.makeAuthority('stranger-ca', 'Freezeline Test CA');
    this.makeAuthority('other-ca', 'Somebody Else');
  }

  remove() {
    rmSync(this.directory, { recursive: true, force: true });
  }

  path(name) {
    return join(this.directory, name);
  }

  read(name) {
    return readFileSync(this.path(name));
  }

  openssl(...args) {
    return execFileSync('openssl', args, {
      cwd: this.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  newKey(name) {
    return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
      '-keyout', `${name}.key`];
  }

  makeAuthority(name, subject) {
    this.openssl('req', '-x509', ...this.newKey(name), '-out', `${name}.pem`,
      '-subj', `/CN=${subject}`, '-days', '30',
      '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
    this.writeBooks(name);
  }

  // An authority that is there: NAME.pem and NAME.key of another folder.
  adoptAuthority(name, directory, as) {
    for (const end of ['pem', 'key'])
      copyFileSync(join(directory, `${name}.${end}`), this.path(`${as}.${end}`));
    this.writeBooks(as);
  }

  writeBooks(name) {
    writeFileSync(this.path(`${name}.index`), '');
    writeFileSync(this.path(`${name}.serial`), '1000\n');
    writeFileSync(this.path(`${name}.crlnumber`), '1000\n');
    writeFileSync(this.path(`${name}.cnf`), `[ca]
default_ca = it
[it]
database = ${name}.index
serial = ${name}.serial
crlnumber = ${name}.crlnumber
new_certs_dir = .
certificate = ${name}.pem
private_key = ${name}.key
default_md = sha256
default_days = 10
policy = policy
unique_subject = no
[policy]
commonName = supplied
`);
  }

  // from, to: days from now; usage, purpose: as openssl writes them.
  issue(name, { ca = 'ca', purpose = 'clientAuth', from = -1, to = 10,
    usage = 'digitalSignature', isAuthority = false } = {}) {
    const lines = [
      `basicConstraints=critical,CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
      `keyUsage=critical,${usage}`,
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
    ];
    if (purpose) lines.push(`extendedKeyUsage=${purpose}`);
    writeFileSync(this.path(`${name}.ext`), lines.join('\n') + '\n');
    this.openssl('req', ...this.newKey(name), '-out', `${name}.csr`,
      '-subj', `/CN=${name}`);
    this.openssl('ca', '-batch', '-config', `${ca}.cnf`, '-notext',
      '-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`,
      '-startdate', at(Date.now() + from * DAY),
      '-enddate', at(Date.now() + to * DAY));
  }

  selfSign(name) {
    this.openssl('req', '-x509', ...this.newKey(name), '-out', `${name}.pem`,
      '-subj', `/CN=${name}`, '-days', '5', '-addext',
      'extendedKeyUsage=clientAuth', '-addext', 'keyUsage=digitalSignature');
  }

  revoke(name, ca = 'ca') {
    this.openssl('ca', '-config', `${ca}.cnf`, '-revoke', `${name}.pem`);
  }

  list(seconds = 86_400, ca = 'ca', file = 'crl.pem') {
    this.openssl('ca', '-config', `${ca}.cnf`, '-gencrl', '-crlsec',
      String(seconds), '-out', file);
  }

  credentials(name) {
    if (name === null) return {};
    return { cert: this.read(`${name}.pem`), key: this.read(`${name}.key`) };
  }
}
