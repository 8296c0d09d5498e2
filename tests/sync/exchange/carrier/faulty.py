"""What servers that misbehave have in common: one port of loopback, TLS, answers of our
own."""
import http.server
import os
import ssl
import time


MOMENT_S = 0.02  # of what is slow


class Faulty(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def stream(self, code, text, first, end):
        """What stands in a list from `first` to `end`, again and again, till the other
        side has enough."""
        begin = text.index(first)
        more = text[begin:text.index(end)] * 64
        self.send_response(code)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (begin, text[:begin]))
        while True:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(more), more))


    def drip(self, code, text):
        """The beginning of a list, and then a blank now and again, for ever."""
        self.send_response(code)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        begin = text[:text.rindex(b"</")]
        self.wfile.write(b"%x\r\n%s\r\n" % (len(begin), begin))
        while True:
            self.wfile.write(b"1\r\n \r\n")
            self.wfile.flush()
            time.sleep(MOMENT_S)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass


def serve(handler, folder):
    """With the certificate of a folder; prints its port, and never ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*(os.path.join(folder, name)
                              for name in ("cert.pem", "key.pem")))
    server = Server(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    print(server.server_address[1], flush=True)
    server.serve_forever()
