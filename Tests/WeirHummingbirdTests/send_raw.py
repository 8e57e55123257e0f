# SPDX-License-Identifier: Apache-2.0
"""Sends requests byte by byte as they are given, each over a connection of its own, and prints what comes back.

send_raw.py PORT < requests; a line of base64 for each. Each answer ends with a line that holds one form feed.
"""
import base64
import socket
import sys

for line in sys.stdin:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20) as connection:
        try:
            connection.sendall(base64.b64decode(line))
        except OSError:
            pass  # The server has heard enough; its answer is still there to read.
        answer = b""
        try:
            while chunk := connection.recv(65536):
                answer += chunk
        except OSError:
            pass  # It closed while there was more to send.
    sys.stdout.write(answer.decode("latin-1") + "\f\n")
