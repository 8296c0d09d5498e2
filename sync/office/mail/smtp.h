/* A mail server that takes mail (RFC 5321, by libcurl): STARTTLS or TLS, always, with a
 * certificate that is checked; a password out of a file, or a token of XOAUTH2.
 *
 * SM1 a mail counts as taken when the server answers its end with 250, and as not taken
 *     when it refuses, or when the connection ended before the mail's end went out. In
 *     between nobody knows, and that is said.
 *
 * One thread. */
#ifndef BW_SYNC_SMTP_H
#define BW_SYNC_SMTP_H

#include <brugwachter/error.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Borrowed for the call; NULL where not given. */
struct bw_smtp_settings {
    const char *url;  /* smtp://HOST[:587] (STARTTLS), smtps://HOST[:465] (TLS) */
    const char *user; /* NULL: no login */
    const char *password_file; /* its first line; only its owner may read it */
    const char *token_command; /* words with blanks between; it prints a token */
};

struct bw_smtp;

enum bw_smtp_outcome {
    BW_SMTP_TAKEN,
    BW_SMTP_REFUSED, /* this mail or this address, for good */
    BW_SMTP_LATER,   /* not taken; it may be tried again */
    BW_SMTP_UNSURE,  /* SM1 */
    BW_SMTP_FAILED,  /* nothing goes: no connection, no login, no such sender */
};

/* Reads password or token. BW_BAD_INPUT for an address of a server that is none, holds a
 * login, or for two ways to log in; BW_REFUSED where others may read the password file;
 * BW_NOT_FOUND, BW_IO, BW_NO_MEMORY. The caller destroys *ret_smtp; NULL is fine. */
BW_NODISCARD enum bw_status bw_smtp_create(const struct bw_smtp_settings *settings,
    struct bw_smtp **ret_smtp, struct bw_error *err);
void bw_smtp_destroy(struct bw_smtp *smtp);

/* Gives a mail to the server; the connection stays for the next. Both addresses are fine
 * (bw_told_address_is_fine). `err` is filled for every outcome but BW_SMTP_TAKEN, with
 * the server's words where it said any. */
enum bw_smtp_outcome bw_smtp_send(struct bw_smtp *smtp, const char *from, const char *to,
    const void *mail, size_t length, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
