// SPDX-License-Identifier: Apache-2.0
//
// Nothing is to be called here by name: the functions are found at run time, see CMPI.h.
