<?php
// Takes Freezeline's webhooks, behind a web server that ends mutual TLS:
// php -S 127.0.0.1:9000 receiver.php, PHP 8.1 or later.  SECRET STORE: see
// docs/connect-a-bank.md.

const LIMIT = 64 * 1024;

function is_genuine(string $secret, string $id, string $at, string $signatures,
    string $body): bool
{
    if (!preg_match('/^msg_[0-9a-z]{26}$/D', $id) || !ctype_digit($at) ||
        abs(time() - (int) $at) > 300) {
        return false;
    }
    // Over the bytes as they came.
    $good = 'v1,' . base64_encode(
        hash_hmac('sha256', "$id.$at.$body", $secret, true));
    foreach (explode(' ', $signatures) as $one) {
        if (hash_equals($good, $one)) {
            return true;
        }
    }
    return false;
}

function must(mixed $value, string $what): mixed
{
    if ($value === false) {
        http_response_code(500); // no 2xx: it comes again
        exit("cannot $what\n");
    }
    return $value;
}

// One file for each webhook-id, for ever: one that is there came before.
function keep(string $store, string $id, string $body): void
{
    $draft = must(tempnam($store, 'draft'), 'make a file');
    $file = must(fopen($draft, 'w'), 'open it');
    must(fwrite($file, $body) === strlen($body), 'write it');
    must(fsync($file), 'sync it');
    if (!@link($draft, "$store/$id.json")) {
        must(is_file("$store/$id.json"), 'store it');
    } else {
        error_log("stored $id");
    }
    unlink($draft);
    exec('sync ' . escapeshellarg($store)); // the folder: PHP has no call for it
}

$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$at = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$signatures = $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '';
$secret = base64_decode(preg_replace('/^whsec_/', '', getenv('SECRET')));
$body = file_get_contents('php://input', length: LIMIT + 1);
if (strlen($body) > LIMIT || !is_genuine($secret, $id, $at, $signatures, $body)) {
    http_response_code(401);
    exit;
}
keep(getenv('STORE'), $id, $body);
http_response_code(204); // it is on the disk
