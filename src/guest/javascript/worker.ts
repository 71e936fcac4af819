/**
 * All of a JavaScript worker's script: what a program may need, and at the end what every worker does. A page loads of it
 * what the run needs (worker-script.ts): each module here that is not imported by others may be left out.
 */
import './api/barrier';
import './api/condition';
import './api/event';
import './api/heap';
import './api/lock';
import './api/pipe';
import './api/pool';
import './api/queue';
import './api/semaphore';
import './api/shared';
import './api/thread';
import './virtual';
import './start';
