/* The organiser's pair replaced by an announcement that the old and the new
 * sign: see roster.h. */
#include "exchange/letter/roster.h"

#include <sodium.h>
#include <string.h>

static const char context[] = "BWL-organiser-next";
enum {
    MESSAGE_BYTES = sizeof context + BW_PUBLIC_KEY_BYTES + BW_BOX_KEY_BYTES,
};

/* Context, its NUL, the new public halves. */
static void
message_make(
    const struct bw_identity_public *next, unsigned char ret_message[MESSAGE_BYTES])
{
    memcpy(ret_message, context, sizeof context);
    memcpy(ret_message + sizeof context, next->sign, BW_PUBLIC_KEY_BYTES);
    memcpy(
        ret_message + sizeof context + BW_PUBLIC_KEY_BYTES, next->box, BW_BOX_KEY_BYTES);
}

void
bw_roster_organiser_announce(const struct bw_identity *old,
    const struct bw_identity *next, struct bw_roster_organiser *inout_organiser)
{
    unsigned char message[MESSAGE_BYTES];
    bw_identity_show(old, &inout_organiser->now);
    bw_identity_show(next, &inout_organiser->next);
    inout_organiser->changes = true;
    message_make(&inout_organiser->next, message);
    (void)crypto_sign_detached(inout_organiser->next_signature_old, NULL, message,
        sizeof message, old->sign_secret);
    (void)crypto_sign_detached(inout_organiser->next_signature_new, NULL, message,
        sizeof message, next->sign_secret);
}

bool
bw_roster_organiser_holds(const struct bw_roster_organiser *organiser)
{
    unsigned char message[MESSAGE_BYTES];
    message_make(&organiser->next, message);
    return crypto_sign_verify_detached(organiser->next_signature_old, message,
               sizeof message, organiser->now.sign) == 0 &&
           crypto_sign_verify_detached(organiser->next_signature_new, message,
               sizeof message, organiser->next.sign) == 0;
}
