/* An enrolment, made at the office: see enrolment_out.h. */
#include "exchange/office/enrolment_out.h"

#include "exchange/office/carriers.h"
#include "exchange/office/logins.h"

#include <sodium.h>
#include <string.h>

void
bw_enrolment_out_keys(
    struct bw_enrolment_file *file, struct bw_identity_public *ret_first)
{
    struct bw_identity first;
    randombytes_buf(file->seed, BW_SEED_BYTES);
    bw_identity_of_seed(file->seed, &first);
    bw_identity_show(&first, ret_first);
    bw_identity_finish(&first);
}

enum bw_status
bw_enrolment_out_fill(const struct bw_exchange_post *post,
    const struct bw_enrolment *enrolment, uint32_t replaces, int64_t expires_ms,
    const struct bw_carrier_list *roads, struct bw_enrolment_file *file, bool *ret_open,
    struct bw_error *err)
{
    file->enrolment = *enrolment;
    file->enrolment.pin_hash[0] = '\0'; /* the first roster letter brings it */
    file->replaces = replaces;
    file->expires_ms = expires_ms;
    memcpy(file->central_id, post->central_id, BW_CENTRAL_ID_BYTES);
    bw_identity_show(&post->office, &file->organiser);
    enum bw_status status = BW_OK;
    if (roads) {
        file->carriers = *roads;
    } else {
        status = bw_office_carriers_list(post->central, &file->carriers, err);
    }
    for (int i = 0; status == BW_OK && i < file->carriers.count; i++) {
        status = bw_exchange_post_login(
            post, file->carriers.uris[i], file->carriers.logins[i], err);
    }
    if (status == BW_OK) {
        status = bw_office_logins_give(post, enrolment->device, replaces, expires_ms,
            &file->carriers, ret_open, err);
    }
    if (status == BW_OK) {
        bw_enrolment_file_sign(file, post->office.sign_secret);
    }
    return status;
}
