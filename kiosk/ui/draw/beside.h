/* Folders that lie beside the program: in the build tree, and in an installation that was
 * moved or given its place late. Any thread. */
#ifndef BW_UI_BESIDE_H
#define BW_UI_BESIDE_H

#include <limits.h>

/* The folder that this way (`../share`) leads to from where the program lies; empty where
 * that can't be told. It need not exist. */
void bw_ui_beside_program(const char *way, char ret_dir[PATH_MAX]);

#endif
