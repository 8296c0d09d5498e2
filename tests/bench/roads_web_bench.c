/* What a road by WebDAV costs kiosks that all come at once, beside bare libcurl.
 *
 *   roads_web_bench [--quick]
 *
 * 200 kiosks (--quick: 20) come in to Apache's mod_dav by TLS with a password, and put a
 * letter of 50 events each into one folder. Beside them 200 that do the same in libcurl
 * alone: a connection, one PUT of the same bytes under the same condition, whose answer
 * is read, and the end of it. Signatures and seals aren't in it: a letter is made before.
 * How it is measured: roads_crowd.h.
 *
 * Judges none of it: tells the ratio, goal 1.2. */
#include "tests/sync/testing.h"

#include "roads_crowd.h"
#include "tests/sync/exchange/carrier/web_help.h"
#include "tests/sync/exchange/letter/letter_help.h"

#include "exchange/carrier/carrier.h"

#include <brugwachter/core.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct web web;
static struct bw_identity organiser;

static struct bw_carrier *
carrier_open(enum bw_carrier_role role)
{
    char uri[128];
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = {.central_id = {1}, .login = WEB_LOGIN};
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    owner.sign_secret = role == BW_CARRIER_OFFICE ? organiser.sign_secret : NULL;
    (void)snprintf(uri, sizeof uri, "webdavs://localhost:%d/letters", web.apache_port);
    if (bw_carrier_open(uri, role, &owner, &carrier, &err) != BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return carrier;
}

static bool
by_carrier(int kiosk, int round)
{
    char name[64];
    unsigned char bytes[CROWD_LETTER_BYTES];
    struct bw_error err = {.text = ""};
    crowd_letter(kiosk, round, name, bytes);
    struct bw_carrier *carrier = carrier_open(BW_CARRIER_KIOSK);
    if (carrier == NULL) {
        return false;
    }
    enum bw_status status =
        bw_carrier_put(carrier, name, bytes, sizeof bytes, NULL, &err);
    bw_carrier_close(carrier);
    if (status != BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return status == BW_OK;
}

/* ---- libcurl alone ---- */

struct body {
    const unsigned char *bytes;
    size_t left;
};

static size_t
on_wanted(char *to, size_t size, size_t count, void *context)
{
    struct body *body = context;
    size_t length = body->left < size * count ? body->left : size * count;
    memcpy(to, body->bytes, length);
    body->bytes += length;
    body->left -= length;
    return length;
}

static size_t
on_answer(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes, (void)context;
    return size * count;
}

static bool
by_curl(int kiosk, int round)
{
    char name[64], url[200];
    unsigned char bytes[CROWD_LETTER_BYTES];
    struct body body = {bytes, sizeof bytes};
    long code = 0;
    crowd_letter(kiosk, round, name, bytes);
    (void)snprintf(
        url, sizeof url, "https://localhost:%d/letters/%s", web.apache_port, name);
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    headers = curl_slist_append(headers, "If-None-Match: *");
    CURL *curl = curl_easy_init();
    (void)curl_easy_setopt(curl, CURLOPT_URL, url);
    (void)curl_easy_setopt(curl, CURLOPT_CAINFO, getenv("SSL_CERT_FILE"));
    (void)curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    (void)curl_easy_setopt(curl, CURLOPT_USERPWD, WEB_LOGIN);
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    (void)curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)sizeof bytes);
    (void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_wanted);
    (void)curl_easy_setopt(curl, CURLOPT_READDATA, &body);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_answer);
    CURLcode done = curl_easy_perform(curl);
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    if (done != CURLE_OK || code != 201) {
        (void)fprintf(stderr, "libcurl: %s, %ld\n", curl_easy_strerror(done), code);
    }
    return done == CURLE_OK && code == 201;
}

static void
kiosks_put_beside_libcurl(void **state)
{
    (void)state;
    struct bw_carrier *office = carrier_open(BW_CARRIER_OFFICE);
    assert_non_null(office);
    bw_carrier_close(office);
    const struct crowd_server server = {.pid = web.apache};
    crowd_measure(by_carrier, by_curl, "WebDAV by TLS on Apache, libcurl", &server);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kiosks_put_beside_libcurl)};
    crowd_begin(argc, argv);
    if (bw_core_init(NULL) != BW_OK ||
        curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !web_init(&web)) {
        return 1;
    }
    organiser = letter_identity(1);
    web.apache_threads = crowd_kiosks + CROWD_SPARE;
    if (!web_apache_start(&web)) {
        (void)fprintf(stderr, "skipped: Apache isn't installed\n");
        web_finish(&web);
        return 77;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    web_finish(&web);
    return failed == 0 ? 0 : 1;
}
