/* Whether somebody who comes without a registration here may be known here already, under
 * the same name and school: staff are asked before a second person is made of them. Desk
 * thread only. */
#ifndef BW_CORE_DESK_ALIKE_H
#define BW_CORE_DESK_ALIKE_H

#include "visitor.h"

/* Looks at the roster (who cancelled aside), and at who came without one. BW_OK where
 * nobody is like the visitor, or staff just gave the same command a second time, within a
 * minute of being asked. BW_REFUSED where somebody is: failure->alike says who. Else what
 * the store answers. Nothing is written. */
BW_NODISCARD enum bw_status bw_desk_ask_alike(
    struct bw_desk *desk, const struct visitor *visitor, struct bw_failure *failure);

#endif
