/* A mail server: see smtp.h. Logins stand in smtp_login.c. */
#include "office/mail/smtp.h"

#include "office/mail/smtp_login.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <assert.h>
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_S = 20,
    ANSWER_S = 120, /* of the server, and for a stalled connection */
    REPLY_BYTES = 200,
    SUBMISSION_PORT = 587,
    ADDRESS_BYTES = 260,
    BAD_FROM = 400,
};

struct bw_smtp {
    CURL *curl;
    char *url, *user;
    struct bw_smtp_secret secret;
    /* of the mail that is going */
    const char *mail;
    size_t length, sent;
    char command[5];         /* the last one that went: RCPT */
    char asked[5];           /* … and was answered, farewells aside */
    char reply[REPLY_BYTES]; /* the answer */
};

/* ---- what curl asks and tells ---- */

static size_t
on_mail_wanted(char *to, size_t size, size_t count, void *context)
{
    struct bw_smtp *smtp = context;
    size_t left = smtp->length - smtp->sent, most = size * count;
    size_t length = left < most ? left : most;
    if (length > 0) {
        memcpy(to, smtp->mail + smtp->sent, length);
    }
    smtp->sent += length;
    return length;
}

static int
on_talk(CURL *curl, curl_infotype kind, char *bytes, size_t length, void *context)
{
    struct bw_smtp *smtp = context;
    (void)curl;
    if (kind == CURLINFO_HEADER_OUT && length >= 4) {
        memcpy(smtp->command, bytes, 4);
    } else if (kind == CURLINFO_HEADER_IN && strcmp(smtp->command, "QUIT") != 0) {
        (void)snprintf(smtp->reply, sizeof smtp->reply, "%.*s",
            (int)(length < REPLY_BYTES ? length : REPLY_BYTES - 1), bytes);
        smtp->reply[strcspn(smtp->reply, "\r\n")] = '\0';
        bw_text_defuse(smtp->reply, '?');
        memcpy(smtp->asked, smtp->command, sizeof smtp->asked);
    }
    return 0;
}

/* ---- opening ---- */

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "sending mail: no memory");
}

/* Only these two ways, and nothing in the address that would stand in a log. */
static enum bw_status
url_check(const char *url, bool *ret_port, struct bw_error *err)
{
    CURLU *parts = curl_url();
    char *scheme = NULL, *user = NULL, *port = NULL;
    if (parts == NULL) {
        return no_memory(err);
    }
    bool fine = curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
                curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                (strcmp(scheme, "smtp") == 0 || strcmp(scheme, "smtps") == 0) &&
                curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_NO_USER;
    *ret_port = curl_url_get(parts, CURLUPART_PORT, &port, 0) == CURLUE_OK;
    curl_free(scheme);
    curl_free(user);
    curl_free(port);
    curl_url_cleanup(parts);
    return fine ? BW_OK
                : bw_error_set(err, BW_BAD_INPUT, 0,
                      "sending mail: --smtp takes smtp://HOST:587 or smtps://HOST:465, "
                      "and no login in it (--smtp-user)");
}

static bool
curl_set(struct bw_smtp *smtp, bool has_port)
{
    CURL *curl = smtp->curl;
    bool tls = strncmp(smtp->url, "smtps:", 6) == 0;
    const char *trusted = secure_getenv("SSL_CERT_FILE");
    CURLcode fine = curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    fine |= curl_easy_setopt(curl, CURLOPT_URL, smtp->url);
    fine |= curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    fine |= curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    fine |= curl_easy_setopt(curl, CURLOPT_PROXY, "");
    fine |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    fine |= curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_S);
    fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)ANSWER_S);
    fine |= curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_mail_wanted);
    fine |= curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
    fine |= curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_talk);
    fine |= curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
    if (!has_port && !tls) {
        fine |= curl_easy_setopt(curl, CURLOPT_PORT, (long)SUBMISSION_PORT);
    }
    if (trusted != NULL && trusted[0] != '\0') {
        fine |= curl_easy_setopt(curl, CURLOPT_CAINFO, trusted);
    }
    if (smtp->user != NULL) {
        fine |= curl_easy_setopt(curl, CURLOPT_USERNAME, smtp->user);
        fine |= curl_easy_setopt(curl,
            smtp->secret.is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
            smtp->secret.text);
    }
    if (smtp->secret.is_token) {
        fine |= curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
    }
    return fine == CURLE_OK;
}

enum bw_status
bw_smtp_create(const struct bw_smtp_settings *settings, struct bw_smtp **ret_smtp,
    struct bw_error *err)
{
    bool has_port = false;
    if (settings->url == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sending mail: by which server? give --smtp "
            "smtp://HOST:587, or put it into sync.ini");
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return no_memory(err);
    }
    enum bw_status status = url_check(settings->url, &has_port, err);
    struct bw_smtp *smtp = calloc(1, sizeof *smtp);
    if (status == BW_OK && smtp == NULL) {
        return no_memory(err);
    }
    if (status == BW_OK) {
        status = bw_smtp_secret_read(settings, &smtp->secret, err);
    }
    if (status == BW_OK) {
        smtp->curl = curl_easy_init();
        smtp->url = strdup(settings->url);
        smtp->user = settings->user != NULL ? strdup(settings->user) : NULL;
        if (smtp->curl == NULL || smtp->url == NULL ||
            (settings->user != NULL && smtp->user == NULL) || !curl_set(smtp, has_port)) {
            status = no_memory(err);
        }
    }
    if (status != BW_OK) {
        bw_smtp_destroy(smtp);
        return status;
    }
    *ret_smtp = smtp;
    return BW_OK;
}

void
bw_smtp_destroy(struct bw_smtp *smtp)
{
    if (smtp != NULL) {
        if (smtp->curl != NULL) {
            curl_easy_cleanup(smtp->curl);
        }
        bw_smtp_secret_finish(&smtp->secret);
        free(smtp->url);
        free(smtp->user);
        free(smtp);
    }
}

/* ---- sending ---- */

/* SM1. */
static enum bw_smtp_outcome
outcome_of(const struct bw_smtp *smtp, CURLcode code)
{
    long answer = strtol(smtp->reply, NULL, 10);
    bool refused = answer >= BAD_FROM;
    assert(smtp->sent <= smtp->length); /* SM1 */
    if (code == CURLE_OK) {
        return BW_SMTP_TAKEN;
    }
    if (smtp->sent == smtp->length) {
        return answer >= BAD_FROM + 100 ? BW_SMTP_REFUSED
               : refused                ? BW_SMTP_LATER
                                        : BW_SMTP_UNSURE;
    }
    if (strcmp(smtp->asked, "RCPT") == 0 && refused) {
        return answer >= BAD_FROM + 100 ? BW_SMTP_REFUSED : BW_SMTP_LATER;
    }
    bool cut = code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
               code == CURLE_GOT_NOTHING || code == CURLE_OPERATION_TIMEDOUT;
    return cut && !refused ? BW_SMTP_LATER : BW_SMTP_FAILED;
}

static enum bw_status
status_of(enum bw_smtp_outcome outcome)
{
    switch (outcome) {
    case BW_SMTP_TAKEN:
        return BW_OK;
    case BW_SMTP_REFUSED:
        return BW_REFUSED;
    case BW_SMTP_LATER:
        return BW_BUSY;
    case BW_SMTP_UNSURE:
    case BW_SMTP_FAILED:
        break;
    }
    return BW_OFFLINE;
}

/* What to do, where that is known from what happened; else "". */
static const char *
advice_of(const struct bw_smtp *smtp, CURLcode code)
{
    static const struct {
        CURLcode code;
        const char *advice;
    } advices[] = {
        {CURLE_PEER_FAILED_VERIFICATION,
            BW_SAYS("; its certificate isn't one that this machine "
                    "trusts, or is another host's: look at the name "
                    "in --smtp, or ask who runs the server")},
        {CURLE_LOGIN_DENIED,
            BW_SAYS("; look at --smtp-user and the password: many providers "
                    "want an app password, made in the account's settings")},
        {CURLE_COULDNT_CONNECT, BW_SAYS("; look at the host and the port in --smtp")},
        {CURLE_COULDNT_RESOLVE_HOST,
            BW_SAYS("; look at the host in --smtp, and at the network")},
        {CURLE_SSL_CONNECT_ERROR, BW_SAYS("; smtps:// is for port 465, smtp:// for 587")},
        {CURLE_USE_SSL_FAILED,
            BW_SAYS("; it offers no TLS there, and without it nothing goes: "
                    "smtp://HOST:587 or smtps://HOST:465")},
        {CURLE_OPERATION_TIMEDOUT,
            BW_SAYS("; look at the port (smtps:// is for 465, smtp:// for 587), or try "
                    "again later")},
    };
    if (strncmp(smtp->reply, "530", 3) == 0) {
        return bw_said("; it wants a login: --smtp-user, and --smtp-password-file");
    }
    for (size_t i = 0; i < sizeof advices / sizeof advices[0]; i++) {
        if (advices[i].code == code) {
            return bw_said(advices[i].advice);
        }
    }
    return "";
}

enum bw_smtp_outcome
bw_smtp_send(struct bw_smtp *smtp, const char *from, const char *to, const void *mail,
    size_t length, struct bw_error *err)
{
    char address[ADDRESS_BYTES];
    smtp->mail = mail;
    smtp->length = length;
    smtp->sent = 0;
    smtp->reply[0] = '\0';
    smtp->command[0] = '\0';
    smtp->asked[0] = '\0';
    struct curl_slist *people = curl_slist_append(NULL, to);
    (void)snprintf(address, sizeof address, "<%s>", from);
    CURLcode code = people != NULL ? CURLE_OK : CURLE_OUT_OF_MEMORY;
    if (code == CURLE_OK) {
        code = curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, address);
    }
    if (code == CURLE_OK) {
        code = curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, people);
        code |=
            curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length);
    }
    if (code == CURLE_OK) {
        code = curl_easy_perform(smtp->curl);
    }
    (void)curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(people);
    enum bw_smtp_outcome outcome = outcome_of(smtp, code);
    if (outcome != BW_SMTP_TAKEN) {
        (void)bw_error_set(err, status_of(outcome), 0, "sending mail by %s: %s%s%s%s%s",
            smtp->url, curl_easy_strerror(code), smtp->reply[0] != '\0' ? " (" : "",
            smtp->reply, smtp->reply[0] != '\0' ? ")" : "", advice_of(smtp, code));
    }
    return outcome;
}
