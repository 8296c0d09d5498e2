/* Logins from a netrc file: see login.h. */
#include "exchange/carrier/login.h"

#include "central/base/output.h"
#include "exchange/carrier/web/s3_address.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_BYTES_MAX = 64 * 1024, OTHERS = 077, WORD_BYTES = BW_CARRIER_LOGIN_BYTES };

/* Where the reading stands. */
struct login_reading {
    const char *at;
    char word[WORD_BYTES];
    bool too_long;
};

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word; false at the end. */
static bool
word_next(struct login_reading *reading)
{
    size_t used = 0;
    while (is_blank(*reading->at) || *reading->at == '#') {
        reading->at += *reading->at == '#' ? strcspn(reading->at, "\n") : 1;
    }
    if (*reading->at == '\0') {
        return false;
    }
    bool quoted = *reading->at == '"';
    reading->at += quoted;
    while (*reading->at && (quoted ? *reading->at != '"' : !is_blank(*reading->at))) {
        if (quoted && *reading->at == '\\' && reading->at[1] != '\0') {
            reading->at++;
        }
        if (used + 1 == sizeof reading->word) {
            reading->too_long = true;
            return false;
        }
        reading->word[used++] = *reading->at++;
    }
    reading->at += quoted && *reading->at == '"';
    reading->word[used] = '\0';
    return true;
}

/* HOST of scheme://HOST[:PORT]/…, or of a bucket's endpoint; false where it has none. */
static bool
host_of(const char *uri, char ret_host[WORD_BYTES])
{
    static const char s3[] = "s3://", postgres[] = "postgresql://";
    struct bw_carrier_s3_address address;
    const char *from = strstr(uri, "://");
    if (strncmp(uri, postgres, sizeof postgres - 1) == 0) {
        return false; /* PGPASSFILE has its own */
    }
    if (strncmp(uri, s3, sizeof s3 - 1) == 0) {
        bool fine =
            bw_carrier_s3_address_parse(uri + sizeof s3 - 1, &address, NULL) == BW_OK;
        from = fine ? address.endpoint : NULL;
    } else {
        from = from ? from + strlen("://") : NULL;
    }
    size_t length = from ? strcspn(from, ":/") : 0;
    if (length == 0 || length >= WORD_BYTES) {
        return false;
    }
    memcpy(ret_host, from, length);
    ret_host[length] = '\0';
    return true;
}

/* What the file says of one host, as far as it is read. */
struct login_found {
    const char *host;
    bool here, ended;
    char user[WORD_BYTES], password[WORD_BYTES];
};

/* Takes the keyword that was read, and its value. False: it is none. */
static bool
entry_take(struct login_reading *reading, struct login_found *found)
{
    bool machine = strcmp(reading->word, "machine") == 0;
    bool other = strcmp(reading->word, "default") == 0;
    if (strcmp(reading->word, "macdef") == 0 || (found->here && (machine || other))) {
        found->ended = true;
        return true;
    }
    if (other) {
        found->here = true;
        return true;
    }
    bool login = strcmp(reading->word, "login") == 0;
    bool secret = strcmp(reading->word, "password") == 0;
    if ((!machine && !login && !secret && strcmp(reading->word, "account") != 0) ||
        !word_next(reading)) {
        return false;
    }
    if (machine) {
        found->here = strcasecmp(reading->word, found->host) == 0;
    } else if (found->here && (login || secret)) {
        memcpy(login ? found->user : found->password, reading->word, WORD_BYTES);
    }
    return true;
}

/* Of the first machine that fits, or of `default`. */
static enum bw_status
file_search(struct login_reading *reading, const char *host,
    char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err)
{
    struct login_found found = {.host = host};
    bool sound = true;
    int length = 0;
    while (sound && !found.ended && word_next(reading)) {
        sound = entry_take(reading, &found);
    }
    ret_login[0] = '\0';
    if (found.here) {
        length = snprintf(
            ret_login, BW_CARRIER_LOGIN_BYTES, "%s:%s", found.user, found.password);
    }
    bool fits = length < BW_CARRIER_LOGIN_BYTES && strchr(found.user, ':') == NULL;
    sodium_memzero(&found, sizeof found);
    return sound && !reading->too_long && fits
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "it isn't as netrc(5) has it, or a word is too long; write `machine "
                     "HOST login USER password PASSWORD`");
}

static enum bw_status
check_private(const char *path, struct bw_error *err)
{
    struct stat facts;
    if (stat(path, &facts) == 0 && (facts.st_mode & OTHERS) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "reading the logins in %s: others may read it; take their rights away (chmod "
            "600)",
            path);
    }
    return BW_OK;
}

enum bw_status
bw_carrier_login_find(const char *path, const char *uri,
    char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err)
{
    char host[WORD_BYTES];
    unsigned char *bytes = NULL;
    size_t length = 0;
    ret_login[0] = '\0';
    if (!host_of(uri, host)) {
        return BW_OK;
    }
    enum bw_status status = check_private(path, err);
    if (status == BW_OK) {
        status = bw_file_read(path, FILE_BYTES_MAX, &bytes, &length, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct login_reading reading = {.at = (const char *)bytes};
    status = file_search(&reading, host, ret_login, err);
    sodium_memzero(bytes, length);
    sodium_memzero(&reading, sizeof reading);
    free(bytes);
    return status == BW_OK
               ? BW_OK
               : bw_error_prefix(err, status, "reading the logins in %s", path);
}
