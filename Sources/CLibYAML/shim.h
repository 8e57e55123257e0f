// SPDX-License-Identifier: Apache-2.0
#ifndef WEIR_CLIBYAML_SHIM_H
#define WEIR_CLIBYAML_SHIM_H
#include <yaml.h>
#endif
