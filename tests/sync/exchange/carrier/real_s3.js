// A real S3 server (s3rver, from npm) on a port of loopback, TLS, its objects in FOLDER:
//
//   node real_s3.js FOLDER       FOLDER has cert.pem and key.pem; prints its port
//
// The access key is S3RVER, and so is the secret; the bucket is letters.
const fs = require("fs");
const path = require("path");
const S3rver = require("s3rver");

const folder = process.argv[2];
const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: path.join(folder, "objects"),
    cert: fs.readFileSync(path.join(folder, "cert.pem")),
    key: fs.readFileSync(path.join(folder, "key.pem")),
    configureBuckets: [{ name: "letters" }],
});
server.run().then((address) => console.log(address.port));
