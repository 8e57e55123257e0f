// SPDX-License-Identifier: Apache-2.0
#ifndef WEIR_CPOSTGRESQL_SHIM_H
#define WEIR_CPOSTGRESQL_SHIM_H
#include <libpq-fe.h>
#endif
