// Takes Freezeline's webhooks: java Receiver.java, Java 17 or later.
// PORT P12 PASSWORD CA SECRET STORE: see docs/connect-a-bank.md.
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.util.*;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.*;

public class Receiver {
    static final Path STORE = Path.of(System.getenv("STORE"));
    static final byte[] SECRET = Base64.getDecoder().decode(System.getenv("SECRET").replaceFirst("^whsec_", ""));

    static boolean isGenuine(String id, String at, String signatures, byte[] body) throws GeneralSecurityException {
        if (!id.matches("msg_[0-9a-z]{26}") || !at.matches("[0-9]{1,12}")
                || Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(at)) > 300) return false;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        mac.update((id + "." + at + ".").getBytes());
        byte[] good = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(); // as it came
        return Arrays.stream(signatures.split(" ")).anyMatch(one -> MessageDigest.isEqual(good, one.getBytes()));
    }

    // One file for each webhook-id, for ever: one that is there came before.
    static void keep(String id, byte[] body) throws IOException {
        Path draft = Files.createTempFile(STORE, "draft", null);
        Files.write(draft, body, StandardOpenOption.SYNC);
        try {
            Files.createLink(STORE.resolve(id + ".json"), draft);
            System.out.println("stored " + id);
        } catch (FileAlreadyExistsException again) { // it has its 2xx and nothing else happens
        } finally { Files.delete(draft); }
        try (FileChannel folder = FileChannel.open(STORE)) { folder.force(true); }
    }

    static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers head = exchange.getRequestHeaders();
            byte[] body = exchange.getRequestBody().readNBytes(64 * 1024);
            String id = Objects.toString(head.getFirst("webhook-id"));
            boolean genuine = isGenuine(id, Objects.toString(head.getFirst("webhook-timestamp")),
                Objects.toString(head.getFirst("webhook-signature")), body);
            if (genuine) keep(id, body); // a 2xx says that it is on the disk
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        } catch (GeneralSecurityException error) { throw new IOException(error); }
    }

    public static void main(String[] none) throws Exception {
        KeyStore own = KeyStore.getInstance(new File(System.getenv("P12")), System.getenv("PASSWORD").toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream file = new FileInputStream(System.getenv("CA"))) {
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(file))
                trusted.setCertificateEntry(UUID.randomUUID().toString(), one);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, System.getenv("PASSWORD").toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override public void configure(HttpsParameters parameters) {
                SSLParameters ours = tls.getDefaultSSLParameters();
                ours.setNeedClientAuth(true);
                parameters.setSSLParameters(ours); // its own setNeedClientAuth() has no effect
            }
        });
        server.createContext("/", Receiver::take);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }
}
