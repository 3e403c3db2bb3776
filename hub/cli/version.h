/*
 * The program's version, as --version, GET /v1/meta and logs say it.
 */
#pragma once

#define FREEZELINE_VERSION "0.1.0"
