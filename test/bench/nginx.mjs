// The baseline of the line: nginx with two workers that wants the same client
// certificates, checks the same revocation list and sends as many bytes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// nginx cannot be told to take any port.
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port, child) {
  for (let i = 0; i < 500; i++) {
    if (child.exitCode !== null) throw new Error('nginx did not start');
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise((done) => {
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((done) => { setTimeout(done, 10); });
  }
  throw new Error('nginx does not listen');
}

// `headers`: [name, value]; `body`: of a POST's answer.
const configuration = ({ directory, port, pki, headers, body }) => `
worker_processes 2;
worker_rlimit_nofile 16384;
daemon off;
pid ${directory}/pid;
error_log ${directory}/error.log warn;
events { worker_connections 8192; }
http {
  access_log off;
  server_tokens off;
  default_type text/plain;
  keepalive_requests 100000000;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen 127.0.0.1:${port} ssl reuseport backlog=4096;
    ssl_certificate ${pki.path('server.pem')};
    ssl_certificate_key ${pki.path('server.key')};
    ssl_client_certificate ${pki.path('ca.pem')};
    ssl_crl ${pki.path('crl.pem')};
    ssl_verify_client on;
    ssl_protocols TLSv1.3;
    ssl_ecdh_curve prime256v1;
    ssl_session_tickets off;
    ssl_session_cache off;
${headers.map(([name, value]) => `    add_header ${name} "${value}";`).join('\n')}
    location = /get { return 200 ""; }
    location = /post { return 200 '${body}'; }
  }
}
`;

export async function startNginx(settings) {
  const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, configuration({ directory, port, ...settings }));
  const child = spawn('nginx', ['-e', join(directory, 'error.log'), '-c', file],
    { stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const exit = once(child, 'exit');
  await untilListening(port, child);
  return {
    port,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await exit;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
