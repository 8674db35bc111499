"""Exchanging: two folders change places in one step of the system, so that neither name is ever without a folder."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100  # paths are not relative to an open folder
_SWAP = 2
_NOT_KNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places; False where the system or the disk cannot, and nothing is changed.

    Raises OSError where it could, and does not.
    """
    swap = _swapper()
    if swap is None:
        return False
    if swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _SWAP) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_KNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _swapper() -> "ctypes._NamedFuncPointer | None":
    library = ctypes.CDLL(None, use_errno=True)
    found = getattr(library, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if found is not None:
        found.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return found
