"""pymodbus' server, with one master that may write and anybody who may read. Imported where a PLC is set up alone."""

import asyncio
from typing import Protocol

from pymodbus.constants import ExcCodes
from pymodbus.pdu import ExceptionResponse
from pymodbus.server import ModbusTcpServer
from pymodbus.server.requesthandler import ServerRequestHandler
from pymodbus.simulator import SimDevice

from station_app.devices.modbus_plc import is_write


class Guard(Protocol):
    """Who decides about connections. Called on the server's loop."""

    def may_write(self, connection: object, peer: str) -> bool: ...

    def note_request(self, connection: object) -> None: ...

    def note_end(self, connection: object) -> None: ...


class OneWriterServer(ModbusTcpServer):
    """Each connection is told apart by the computer at its other end."""

    def __init__(self, device: SimDevice, guard: Guard, address: tuple[str, int]) -> None:
        super().__init__(device, address=address)
        self.guard = guard

    def callback_new_connection(self) -> "GuardedConnection":
        return GuardedConnection(self, self.trace_packet, self.trace_pdu, self.trace_connect)


class GuardedConnection(ServerRequestHandler):
    """One connection."""

    _peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if peer else ""

    def callback_disconnected(self, exc: Exception | None) -> None:
        super().callback_disconnected(exc)
        self.server.guard.note_end(self)

    async def handle_request(self) -> None:
        request = self.last_pdu
        if request is None:
            return
        if is_write(request.function_code) and not self.server.guard.may_write(self, self._peer):
            refusal = ExceptionResponse(request.function_code, ExcCodes.ILLEGAL_FUNCTION)
            refusal.transaction_id, refusal.dev_id = request.transaction_id, request.dev_id
            self.server_send(refusal, self.last_addr)
            return
        self.server.guard.note_request(self)
        await super().handle_request()
