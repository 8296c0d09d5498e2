/* The desk's own password: see password.h. */
#include "web/request/password.h"

#include "central/base/output.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_BYTES_MAX = 4096 };

_Static_assert(BW_WEB_PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES, "a hash fits");

static enum bw_status
hash_make(const char *path, const char *text, size_t length,
    struct bw_web_password *ret_password, struct bw_error *err)
{
    if (bw_text_chars(text) < BW_WEB_PASSWORD_LEAST) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading the desk's password in %s: its first line has fewer than %d "
            "characters; write a longer one",
            path, BW_WEB_PASSWORD_LEAST);
    }
    return crypto_pwhash_str(ret_password->hash, text, length,
               crypto_pwhash_OPSLIMIT_INTERACTIVE,
               crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0,
                     "hashing the desk's password: out of memory; close other programs");
}

enum bw_status
bw_web_password_read(
    const char *path, struct bw_web_password *ret_password, struct bw_error *err)
{
    struct stat facts;
    unsigned char *text = NULL;
    size_t length = 0;
    if (stat(path, &facts) != 0) {
        return bw_error_set(err, BW_NOT_FOUND, errno,
            "reading the desk's password in %s: %s", path, bw_said(strerror(errno)));
    }
    if ((facts.st_mode & 077) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "reading the desk's password in %s: others may read it too; chmod 600 %s",
            path, path);
    }
    enum bw_status status = bw_file_read(path, FILE_BYTES_MAX, &text, &length, err);
    if (status == BW_OK) {
        text[strcspn((char *)text, "\r\n")] = '\0';
        status = hash_make(path, (char *)text, strlen((char *)text), ret_password, err);
        sodium_memzero(text, length);
    }
    free(text);
    return status;
}

bool
bw_web_password_is_set(const struct bw_web_password *password)
{
    return password->hash[0] != '\0';
}

enum bw_web_password_answer
bw_web_password_try(struct bw_web_password *password, const char *typed, int64_t mono_ms)
{
    if (mono_ms - password->wrong_ms >= BW_WEB_PASSWORD_REST_MS) {
        password->wrong = 0;
    }
    if (!bw_web_password_is_set(password) ||
        password->wrong >= BW_WEB_PASSWORD_WRONG_MAX) {
        return BW_WEB_PASSWORD_LATER;
    }
    if (crypto_pwhash_str_verify(password->hash, typed, strlen(typed)) == 0) {
        password->wrong = 0;
        return BW_WEB_PASSWORD_RIGHT;
    }
    password->wrong_ms = password->wrong++ == 0 ? mono_ms : password->wrong_ms;
    return BW_WEB_PASSWORD_WRONG;
}
