/* What is settled for all commands, as the desk goes by it: what it was called with goes
 * before what the database says. One thread. */
#ifndef BW_WEB_SETTLED_H
#define BW_WEB_SETTLED_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The address of the mail server; "" where none is known. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_web_settled_server(const struct bw_web_visit *visit,
    char ret_server[BW_TITLE_BYTES], struct bw_error *err);

/* So long data is kept, and a backup is new. What the database answers. */
BW_NODISCARD enum bw_status bw_web_settled_days(const struct bw_web_visit *visit,
    struct bw_todo_days *ret_days, struct bw_error *err);

/* The language of what people get. What the database answers. */
BW_NODISCARD enum bw_status bw_web_settled_language(const struct bw_web_visit *visit,
    enum bw_wording_language *ret_language, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
