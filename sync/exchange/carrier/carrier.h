/* What bears letters, trusted with nothing but availability: a folder, a stick, a share,
 * a folder on a WebDAV server, a prefix of an S3 bucket, a table in PostgreSQL.
 *
 * CA1 a put is whole or not at all, whatever kills it; what is listed is whole (on
 * the web as far as the server is careful: a name's hash tells). CA2
 * the same name with the same bytes is done already; with other bytes it is refused:
 * nothing is ever overwritten. CA3 the names that are there are hostile: only the
 * grammar of name.h is looked at, links and devices are passed over, sizes are capped.
 * CA4 no listing holds an exchange: it has an end in bytes, in pages, and in time.
 * CA5 nor does a letter: one that comes or goes at less than a crawl, by a carrier that
 * is there, is BW_OFFLINE with ETIMEDOUT, and the next may be asked for.
 *
 * tests/sync/exchange/carrier_contract.h holds every kind to this. A carrier belongs
 * to one thread at a time. */
#ifndef BW_CARRIER_CARRIER_H
#define BW_CARRIER_CARRIER_H

#include "exchange/letter/enrolment.h"
#include "exchange/letter/name.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_carrier;

/* One letter that a carrier holds: its name fits the grammar (name.h), which is given
 * parsed too. `bytes` is as the carrier says.
 * Stops the listing where it returns false. */
typedef bool bw_carrier_each(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes);

/* A kiosk that is to have a login of its own. Borrowed. */
struct bw_carrier_guest {
    uint32_t device, replaces;  /* replaces: 0: none */
    const int64_t *session_nos; /* of its sessions */
    size_t sessions_count;
    int64_t expires_ms; /* UTC: with the last of them */
};

/* What a kind of carrier can do. Each is called on one thread at a time. BW_OFFLINE: it
 * can't be reached now, and nothing is known to have been done. */
struct bw_carrier_ops {
    enum bw_status (*list)(struct bw_carrier *self, bw_carrier_each *each, void *context,
        struct bw_error *err);
    enum bw_status (*get)(struct bw_carrier *self, const char *name, size_t most_bytes,
        unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err);
    enum bw_status (*put)(struct bw_carrier *self, const char *name, const void *bytes,
        size_t length, bool *ret_fresh, struct bw_error *err);
    enum bw_status (*remove)(
        struct bw_carrier *self, const char *name, struct bw_error *err);
    void (*close)(struct bw_carrier *self);
    /* NULL: it gives no logins */
    enum bw_status (*admit)(struct bw_carrier *self, const struct bw_carrier_guest *guest,
        char ret_login[BW_CARRIER_LOGIN_BYTES], bool *ret_open, struct bw_error *err);
    enum bw_status (*dismiss)(struct bw_carrier *self, uint32_t device,
        bool *ret_connected, struct bw_error *err);
};

enum { BW_CARRIER_LIST_MS = 300 * 1000, BW_CARRIER_SLOW_MOST = 3 /* letters (CA5) */ };

/* The first member of every kind's own struct. */
struct bw_carrier {
    const struct bw_carrier_ops *ops;
    char uri[BW_CARRIER_URI_BYTES];
    int64_t server_ms; /* UTC, as its server last said over TLS; 0: it says none */
    bool quiet;        /* set before a put: nobody waits for this letter (ear.h, CE1) */
    int64_t list_ms;   /* CA4: that all of a listing may take; 0: BW_CARRIER_LIST_MS */
    int64_t grace_ms;  /* CA5: until a letter's pace counts; 0: the carrier's own */
};

enum bw_carrier_role {
    BW_CARRIER_OFFICE, /* makes the place where there's none, and signs whose it is */
    BW_CARRIER_KIOSK,  /* never makes one; checks whose it is */
    BW_CARRIER_STICK,  /* any folder that is there; nothing to check */
};

/* Whose letters a carrier is for, and how it lets this side in. */
struct bw_carrier_owner {
    uint8_t central_id[BW_CENTRAL_ID_BYTES]; /* zero: not known; any of the organiser's */
    uint8_t sign_public[BW_PUBLIC_KEY_BYTES]; /* the organiser's */
    const uint8_t *sign_secret; /* BW_SECRET_KEY_BYTES; BW_CARRIER_OFFICE alone */
    const char *login;          /* "user:password", borrowed; NULL or "": none */
};

/* Whether an address may be a carrier's, before anything is kept or reached.
 * BW_BAD_INPUT: none that this version knows, or it has a login in it. */
BW_NODISCARD enum bw_status bw_carrier_check(const char *uri, struct bw_error *err);

/* Opens `folder:PATH`, `webdavs://HOST/PATH`, `s3://BUCKET/PREFIX` or
 * `postgresql://HOST/DATABASE`. `owner` may be NULL for BW_CARRIER_STICK. BW_OFFLINE: it
 * isn't there, or for a kiosk has no signed file.
 * BW_REFUSED: it belongs to another central database, or the signature isn't the
 * organiser's. BW_NEWER: its tables are of a version that this program doesn't know.
 * BW_BAD_INPUT: as bw_carrier_check. */
BW_NODISCARD enum bw_status bw_carrier_open(const char *uri, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err);
void bw_carrier_close(struct bw_carrier *carrier); /* NULL is fine */

/* Calls `each` with every letter that is there whole, in no order; names that are no
 * letters' are passed over. BW_OFFLINE: also where it doesn't end (CA4). BW_IO. */
BW_NODISCARD enum bw_status bw_carrier_list(struct bw_carrier *carrier,
    bw_carrier_each *each, void *context, struct bw_error *err);

/* Whether a letter failed with this alone, for it was too slow (CA5): the carrier may
 * bring others. Whoever meets BW_CARRIER_SLOW_MOST of them in one go leaves it. */
bool bw_carrier_was_slow(const struct bw_error *err);

/* Reads one letter. The caller frees. BW_NOT_FOUND. BW_BAD_INPUT: `name` is no letter's.
 * BW_FULL: it is longer than
 * `most_bytes`. BW_REFUSED: what has that name is no letter (a link, a folder).
 * BW_OFFLINE, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_get(struct bw_carrier *carrier, const char *name,
    size_t most_bytes, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err);

/* Puts one letter (CA1 to CA3). *ret_fresh (may be NULL) tells whether it wasn't there
 * yet. BW_REFUSED: the name has other bytes. BW_BAD_INPUT: `name` is no letter's.
 * BW_BUSY: another upload of it is at work. BW_FULL, BW_READ_ONLY, BW_OFFLINE, BW_IO. */
BW_NODISCARD enum bw_status bw_carrier_put(struct bw_carrier *carrier, const char *name,
    const void *bytes, size_t length, bool *ret_fresh, struct bw_error *err);

/* Removes one letter; one that isn't there is done, and so is a kiosk's in PostgreSQL,
 * which the office removes. BW_BAD_INPUT: `name` is no letter's.
 * BW_OFFLINE, BW_READ_ONLY, BW_BUSY, BW_IO. */
BW_NODISCARD enum bw_status bw_carrier_remove(
    struct bw_carrier *carrier, const char *name, struct bw_error *err);

/* Whether an address is of a kind that gives each kiosk a login of its own. */
bool bw_carrier_gives_logins(const char *uri);

/* Gives a kiosk its login ("user:password", for its enrolment alone; the caller
 * overwrites it), or a new password where it has one; on a carrier that the office opened
 * and that gives logins. *ret_open: that login may still do what it should not, on this
 * server, as the office's own login may not close it: POSTGRES.md says what.
 * BW_READ_ONLY: the office's login may not. BW_OFFLINE, BW_BUSY, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_admit(struct bw_carrier *carrier,
    const struct bw_carrier_guest *guest, char ret_login[BW_CARRIER_LOGIN_BYTES],
    bool *ret_open, struct bw_error *err);

/* Takes it all its rights, and ends its open connections; one that is unknown has none.
 * *ret_connected: some are open still, in which it may nothing any more, as the office's
 * own login may not end them. The errors of bw_carrier_admit. */
BW_NODISCARD enum bw_status bw_carrier_dismiss(struct bw_carrier *carrier,
    uint32_t device, bool *ret_connected, struct bw_error *err);

/* The default carrier beside a central database: `sqlite:P` has `folder:P.letters`. False
 * where it has none. */
bool bw_carrier_beside(const char *central_uri, char ret_uri[BW_CARRIER_URI_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
