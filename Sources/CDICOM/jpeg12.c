// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include <gdcm-3.0/gdcmjpeg/12/jpeglib.h>

#define CXR_JPEG_DECODE cxr_jpeg_decode_12
#include "jpeg_decode.h"
