import _weft_errno
_weft_errno.install()
import _weft_thread
_weft_thread.install()
import _weft_process
_weft_process.install_early()
import _weft_priority
_weft_priority.install()
import _weft_signal
_weft_signal.install()
import _weft_socket
_weft_socket.install()
