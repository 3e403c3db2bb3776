/*
 * What the reports share: see view_report.c.  Inside the room only.
 */
#pragma once

#include "hub/reading/view.h"
#include "hub/store/report_load.h"

enum { REPORT_DECIMAL_SIZE = 32 };

/* The institutions of the query's kind. */
NODISCARD enum rc view_report_institutions(const struct view_run *run,
    struct report_institutions *institutions, struct err *err);

/* The units whose cases the reader sees and asks for, with their districts. */
NODISCARD enum rc view_report_units(const struct view_run *run,
    struct report_institutions *units, struct err *err);

/* Open the object and its `items`, with what was asked for; close both. */
void view_report_begin(const struct view_run *run);
void view_report_end(const struct view_run *run);

/* A line of column names, and the answer's type. */
void view_report_begin_csv(const struct view_run *run, const char *titles);

/* A cell of free text: quoted where it must be (RFC 4180), and with an
 * apostrophe before what a spreadsheet would take for a formula. */
void view_report_cell(const struct view_run *run, const char *text);

/* Thousandths as a decimal: "12.345", "" below zero.  Returns `text`, of
 * REPORT_DECIMAL_SIZE bytes. */
char *view_report_decimal(int64_t thousandths, char *text);

/* The slug of an institution, or its id where the registry has no such one.
 * `text` has ID_TEXT_SIZE bytes; the result may be it. */
const char *view_report_slug(
    const struct view_run *run, const struct id *institution, char *text);
