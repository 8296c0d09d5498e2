/* What most screens are made of, in one line. */
#ifndef BW_UI_WIDGET_H
#define BW_UI_WIDGET_H

#include "button.h"
#include "dialog.h"
#include "ear.h"
#include "figures.h"
#include "footer.h"
#include "header.h"
#include "language.h"
#include "notice.h"
#include "parts.h"
#include "say.h"
#include "tips.h"
#include "toast.h"

#endif
