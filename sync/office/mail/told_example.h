/* Somebody to show words of mails with, before anybody is due who would get them. One
 * thread, that of the database. */
#ifndef BW_SYNC_TOLD_EXAMPLE_H
#define BW_SYNC_TOLD_EXAMPLE_H

#include "office/mail/letter_words.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A real person of the next session that has one (of the last, where none is to come), as
 * though they were to get this mail: of what it says only that is made up. The list has
 * one of them, or nobody where nobody signed up anywhere. It isn't to be mailed. What the
 * database answers, BW_NO_MEMORY. The caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_told_example(const struct bw_office *office,
    enum bw_letter_words_kind kind, struct bw_told_list *ret_list, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
