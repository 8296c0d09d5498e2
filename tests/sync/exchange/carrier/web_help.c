/* See web_help.h. */
#include "web_help.h"

#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    NOBODY = 65534,
    READY_S = 60,
    PLAIN = -1,
    QUIET = -2,
    LIST_MS = 300,
    FEW_THREADS = 8
};

/* {SHA} of the password of WEB_LOGIN. */
static const char users[] = "kring:{SHA}Xq6quZzIRmT935uH4NQmMY+zDyA=\n";

static const char config[] =
    "ServerRoot %1$s\nServerName localhost\nListen 127.0.0.1:%2$d\nPidFile pid\n"
    "DefaultRuntimeDir %1$s\nErrorLog error.log\nLogLevel warn\n"
    "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\n"
    "LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so\n"
    "LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so\n"
    "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
    "LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so\n"
    "LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so\n"
    "LoadModule dav_module /usr/lib/apache2/modules/mod_dav.so\n"
    "LoadModule dav_fs_module /usr/lib/apache2/modules/mod_dav_fs.so\n"
    "LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so\n"
    "StartServers 1\nServerLimit 1\nThreadLimit %4$d\nThreadsPerChild %4$d\n"
    "MaxRequestWorkers %4$d\nMinSpareThreads 1\nMaxSpareThreads %4$d\n"
    "DavLockDB %1$s/locks/db\nDocumentRoot %1$s/files\n"
    "SSLEngine on\nSSLCertificateFile %1$s/cert.pem\nSSLCertificateKeyFile "
    "%1$s/key.pem\n%3$s"
    "<Directory %1$s/files>\nDav On\nAuthType Basic\nAuthName letters\n"
    "AuthBasicProvider file\nAuthUserFile %1$s/users\nRequire valid-user\n"
    "</Directory>\n";

static int
on_entry(const char *path, const struct stat *facts, int type, struct FTW *walk)
{
    (void)facts, (void)type;
    return walk->level > 0 ? remove(path) : 0;
}

void
web_folder_empty(const char *path)
{
    (void)nftw(path, on_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* The program with these words; `to` is its standard output, or PLAIN, or QUIET
 * for no errors. It ends with us. */
static pid_t
spawn(const char *const words[], int to)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) {
            _exit(127);
        }
        if (to >= 0) {
            (void)dup2(to, STDOUT_FILENO);
        } else if (to == QUIET) {
            (void)dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        }
        (void)execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    return pid;
}

static bool
file_write(const struct web *web, const char *name, const char *text)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", web->folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        return false;
    }
    bool fine = fputs(text, file) >= 0;
    return fclose(file) == 0 && fine;
}

/* Of the user that Apache runs as. */
static bool
folder_make(const char *path)
{
    return mkdir(path, 0755) == 0 && (geteuid() != 0 || chown(path, NOBODY, NOBODY) == 0);
}

bool
web_init(struct web *web)
{
    char key[80], cert[80], locks[80];
    int result = -1;
    *web = (struct web){.folder = "/tmp/bw-web-XXXXXX"};
    if (!mkdtemp(web->folder) || chmod(web->folder, 0755) != 0) {
        return false;
    }
    (void)snprintf(web->files, sizeof web->files, "%s/files", web->folder);
    (void)snprintf(locks, sizeof locks, "%s/locks", web->folder);
    (void)snprintf(key, sizeof key, "%s/key.pem", web->folder);
    (void)snprintf(cert, sizeof cert, "%s/cert.pem", web->folder);
    const char *const words[] = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert, "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:plain.localhost",
        "-days", "30", NULL};
    pid_t pid = spawn(words, QUIET);
    (void)waitpid(pid, &result, 0);
    (void)setenv("SSL_CERT_FILE", cert, 1);
    return result == 0 && folder_make(web->files) && folder_make(locks);
}

bool
web_old_make(const struct web *web, struct web *ret_old)
{
    char command[1024];
    *ret_old = (struct web){.apache = 0};
    (void)snprintf(ret_old->folder, sizeof ret_old->folder, "%.50s/old", web->folder);
    (void)snprintf(command, sizeof command,
        "mkdir %1$s && cd %1$s && cp ../key.pem . && printf '[ca]\ndefault_ca=c\n[c]\n"
        "new_certs_dir=.\ndatabase=db\nserial=sn\ndefault_md=sha256\npolicy=p\n"
        "x509_extensions=e\n[p]\ncommonName=supplied\n[e]\n"
        "subjectAltName=DNS:localhost\n' >ca.cnf && : >db && echo 01 >sn &&"
        " openssl req -new -key key.pem -subj /CN=localhost -out old.csr 2>/dev/null &&"
        " openssl ca -batch -selfsign -config ca.cnf -keyfile key.pem -in old.csr"
        " -startdate 20200101000000Z -enddate 20200102000000Z -notext -out cert.pem"
        " >/dev/null 2>&1",
        ret_old->folder);
    return system(command) == 0; /* NOLINT(cert-env33-c): paths of our own */
}

static int
address_socket(int port, struct sockaddr_in *ret_address)
{
    *ret_address = (struct sockaddr_in){.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static int
free_port(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int fd = address_socket(0, &address), port = 0;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        getsockname(fd, (struct sockaddr *)&address, &length) == 0) {
        port = ntohs(address.sin_port);
    }
    (void)close(fd);
    return port;
}

static bool
is_listening(int port)
{
    struct sockaddr_in address;
    int fd = address_socket(port, &address);
    bool there = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    (void)close(fd);
    return there;
}

/* Until it listens, or has ended. */
static bool
wait_ready(pid_t pid, int port)
{
    const struct timespec moment = {.tv_nsec = 2000000};
    for (int i = 0; i < READY_S * 500; i++) {
        if (is_listening(port)) {
            return true;
        }
        if (waitpid(pid, NULL, WNOHANG) != 0) {
            return false;
        }
        (void)nanosleep(&moment, NULL);
    }
    return false;
}

bool
web_apache_start(struct web *web)
{
    char text[4096], path[80];
    web->apache_port = free_port();
    (void)snprintf(text, sizeof text, config, web->folder, web->apache_port,
        geteuid() == 0 ? "User nobody\nGroup nogroup\n" : "",
        web->apache_threads > 0 ? web->apache_threads : FEW_THREADS);
    (void)snprintf(path, sizeof path, "%s/httpd.conf", web->folder);
    if (!file_write(web, "httpd.conf", text) || !file_write(web, "users", users)) {
        return false;
    }
    const char *const words[] = {
        "/usr/sbin/apache2", "-D", "FOREGROUND", "-f", path, NULL};
    web->apache = spawn(words, PLAIN);
    if (web->apache > 0 && wait_ready(web->apache, web->apache_port)) {
        return true;
    }
    web_stop(&web->apache);
    return false;
}

bool
web_faulty_start(struct web *web, const char *language, const char *script)
{
    char line[32] = "", path[160];
    int ends[2];
    (void)snprintf(
        path, sizeof path, BW_SOURCE_DIR "/tests/sync/exchange/carrier/%s", script);
    const char *const words[] = {language, path, web->folder, NULL};
    if (pipe(ends) != 0) {
        return false;
    }
    web->faulty = spawn(words, ends[1]);
    (void)close(ends[1]);
    FILE *from = fdopen(ends[0], "r");
    if (from && fgets(line, sizeof line, from)) {
        web->faulty_port = atoi(line);
    }
    if (from) {
        (void)fclose(from);
    }
    return web->faulty_port > 0;
}

void
web_stop(pid_t *pid)
{
    if (*pid > 0) {
        (void)kill(*pid, SIGTERM);
        (void)waitpid(*pid, NULL, 0);
        *pid = 0;
    }
}

void
web_finish(struct web *web)
{
    web_stop(&web->apache);
    web_stop(&web->faulty);
    web_folder_empty(web->folder);
    (void)rmdir(web->folder);
}

static bool
on_count(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)name, (void)parsed, (void)bytes;
    ++*(int *)context;
    return true;
}

int
web_listed(
    struct bw_carrier *carrier, int letters, enum bw_status wanted, const char *said)
{
    int count = 0;
    char name[64];
    struct bw_error err = {.text = ""};
    for (int i = 1; i <= letters; i++) {
        (void)snprintf(name, sizeof name, "bw-events-3-%d-%d-0011aabb.bwe", i, i);
        assert_int_equal(bw_carrier_put(carrier, name, "x", 1, NULL, NULL), BW_OK);
    }
    assert_int_equal(bw_carrier_list(carrier, on_count, &count, &err), wanted);
    if (wanted != BW_OK && (err.text[0] == '\0' || strstr(err.text, said) == NULL)) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, said);
    }
    return count;
}

void
web_list_times_out(struct bw_carrier *carrier)
{
    carrier->list_ms = LIST_MS;
    (void)web_listed(carrier, 0, BW_OFFLINE, "doesn't end in time");
    carrier->list_ms = 0;
}

void
web_holds(struct bw_carrier *carrier, const char *name)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(bw_carrier_get(carrier, name, 100, &bytes, &length, NULL), BW_OK);
    assert_int_equal(length, 6);
    assert_memory_equal(bytes, "letter", 6);
    free(bytes);
}
