"""OpenMined's private set intersection over the keys that our bench invents: psi_match.py SOUGHT HELD

Writes one line of JSON: processor time from keys in memory to the intersection, bytes of all messages, hits. Golomb-coded
sets with a chance of 1e-9 that a key is a false hit: the smallest form that the package has, which ours is measured against.
"""

import json
import sys
import time

import private_set_intersection.python as psi

FALSE_HITS = 1e-9


def main(sought, held):
    shift = min(sought, held) // 2
    seekers = [f"v1|service|{number:08}" for number in range(sought)]
    holders = [f"v1|service|{number:08}" for number in range(sought - shift, sought - shift + held)]
    began = time.process_time()
    client, server = psi.client.CreateWithNewKey(True), psi.server.CreateWithNewKey(True)
    setup = server.CreateSetupMessage(FALSE_HITS, sought, holders, psi.DataStructure.GCS)
    request = client.CreateRequest(seekers)
    response = server.ProcessRequest(request)
    hits = len(client.GetIntersection(setup, response))
    cpu = time.process_time() - began
    size = sum(len(message.SerializeToString()) for message in (setup, request, response))
    print(json.dumps({"cpu": cpu, "bytes": size, "hits": hits}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
