// Takes Freezeline's webhooks: go run receiver.go, Go 1.19 or later.
// PORT CERT KEY CA SECRET STORE: see docs/connect-a-bank.md.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func must[T any](value T, err error) T { // in a request: no 2xx
	if err != nil {
		panic(err)
	}
	return value
}

func isGenuine(secret []byte, id, at, signatures string, body []byte) (found bool) {
	seconds, _ := strconv.ParseInt(at, 10, 64)
	age := time.Now().Unix() - seconds
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%s.%s", id, at, body) // the bytes as they came
	good := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, one := range strings.Split(signatures, " ") {
		found = hmac.Equal([]byte(good), []byte(one)) || found
	}
	return found && -300 <= age && age <= 300 && !strings.ContainsAny(id, "./")
}

func keep(store, id string, body []byte) { // one file for each id, for ever
	file, folder := must(os.CreateTemp(store, "draft")), must(os.Open(store))
	defer os.Remove(file.Name())
	defer file.Close()
	defer folder.Close()
	must(file.Write(body))
	must(0, file.Sync())
	if err := os.Link(file.Name(), store+"/"+id+".json"); !os.IsExist(err) {
		must(0, err)
		fmt.Println("stored", id)
	}
	must(0, folder.Sync())
}

func main() {
	secret := must(base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SECRET"), "whsec_")))
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(must(os.ReadFile(os.Getenv("CA"))))
	take := func(w http.ResponseWriter, r *http.Request) {
		body := must(io.ReadAll(http.MaxBytesReader(w, r.Body, 64*1024)))
		of := func(name string) string { return r.Header.Get("webhook-" + name) }
		if !isGenuine(secret, of("id"), of("timestamp"), of("signature"), body) {
			w.WriteHeader(401)
			return
		}
		keep(os.Getenv("STORE"), of("id"), body)
		w.WriteHeader(204) // it is on the disk
	}
	server := http.Server{Addr: ":" + os.Getenv("PORT"), Handler: http.HandlerFunc(take), TLSConfig: &tls.Config{
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authorities}}
	fmt.Println("ready on", os.Getenv("PORT"))
	panic(server.ListenAndServeTLS(os.Getenv("CERT"), os.Getenv("KEY")))
}
