/* Dead keys and the Compose key under X11: which table Xlib makes letters of them by.
 *
 * Its own for UTF-8 has 5,700 lines, and reading it takes a quarter of the time in which
 * a bare window shows its first frame. The kiosk has one with the letters that names are
 * written in, assets/keyboard/compose. */
#ifndef BW_UI_COMPOSE_H
#define BW_UI_COMPOSE_H

/* Names that table to Xlib (XCOMPOSEFILE), before the display is opened. Nothing where
 * the user chose another, in XCOMPOSEFILE or as ~/.XCompose, where the locale isn't one
 * of UTF-8 (Xlib's table is short then), or where there is none in `assets_dir`. Changes
 * the environment: UI thread, while no other runs. */
void bw_ui_compose_offer(const char *assets_dir);

#endif
