/* What makes a store this kiosk's own (design: programs, the enrolment file).
 *
 * The JSON around it is written and read by brugwachter-sync; core only keeps the
 * values. */
#ifndef BRUGWACHTER_ENROLMENT_H
#define BRUGWACHTER_ENROLMENT_H

#include <brugwachter/limits.h>
#include <brugwachter/ticket.h>

enum { BW_PIN_HASH_BYTES = 128 }; /* crypto_pwhash_STRBYTES */

struct bw_enrolment {
    uint32_t device;
    char name[BW_NAME_BYTES];           /* as the organiser typed it */
    char organiser[BW_TITLE_BYTES];     /* shown on screens; may be empty */
    char contact_phone[BW_LABEL_BYTES]; /* "Bel {phone}"; may be empty */
    char privacy_url[BW_URL_BYTES];
    char pin_hash[BW_PIN_HASH_BYTES]; /* argon2id, as libsodium writes it; empty: none */
    int sessions_count;
    char sessions[BW_SESSIONS_OWN_MAX][BW_LABEL_BYTES]; /* session codes */
    struct bw_keyring keyring;
};

#endif
